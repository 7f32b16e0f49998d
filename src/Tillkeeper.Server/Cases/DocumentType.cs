using System.Buffers.Binary;

namespace Tillkeeper.Server.Cases;

/// <summary>
/// What a document is, told by its first bytes and by nothing that the sender says. Everything else is refused, so that nothing
/// that a browser would run is ever kept.
/// </summary>
internal static class DocumentType
{
    public const string Expected = "Send a photo (JPEG, PNG, WebP, HEIC) or a PDF.";

    /// <summary>The media type, or null for anything but the five that are accepted.</summary>
    public static string? Of(ReadOnlySpan<byte> content) =>
        content switch
        {
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => "application/pdf",
            _ when IsWebP(content) => "image/webp",
            _ when IsHeic(content) => "image/heic",
            _ => null,
        };

    // RFC 9649, 2.4: "RIFF", size, "WEBP".
    private static bool IsWebP(ReadOnlySpan<byte> content) =>
        content.Length >= 12
        && content[..4].SequenceEqual("RIFF"u8)
        && content[8..12].SequenceEqual("WEBP"u8);

    /// <summary>
    /// ISO/IEC 23008-12: a file type box whose brands, the major one or a compatible one, include a still image coded in HEVC.
    /// </summary>
    private static bool IsHeic(ReadOnlySpan<byte> content)
    {
        const int header = 8;
        const int brand = 4;
        const int longestBox = 256;
        if (content.Length < header + brand || !content[4..8].SequenceEqual("ftyp"u8))
        {
            return false;
        }
        var size = BinaryPrimitives.ReadUInt32BigEndian(content);
        if (size is < header + brand or > longestBox || size > content.Length)
        {
            return false;
        }
        var brands = content[header..(int)size];
        for (; brands.Length >= brand; brands = brands[brand..])
        {
            var one = brands[..brand];
            if (
                one.SequenceEqual("heic"u8)
                || one.SequenceEqual("heix"u8)
                || one.SequenceEqual("heim"u8)
                || one.SequenceEqual("heis"u8)
            )
            {
                return true;
            }
        }
        return false;
    }
}
