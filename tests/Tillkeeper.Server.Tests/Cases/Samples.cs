using System.Text;

namespace Tillkeeper.Server.Tests.Cases;

/// <summary>Beginnings of files as they come from cameras and scanners.</summary>
internal static class Samples
{
    public static byte[] Jpeg { get; } = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8, 0, 1, 2, 3];
    public static byte[] Png { get; } = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13];
    public static byte[] Pdf { get; } = [.. "%PDF-1.7\n"u8];
    public static byte[] WebP { get; } = [.. "RIFF"u8, 36, 0, 0, 0, .. "WEBPVP8 "u8];
    public static byte[] Heic { get; } =
    [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8, 1, 2, 3];

    /// <summary>A photo with a text in it that a search can find.</summary>
    public static byte[] JpegWith(string text) => [.. Jpeg, .. Encoding.UTF8.GetBytes(text)];
}
