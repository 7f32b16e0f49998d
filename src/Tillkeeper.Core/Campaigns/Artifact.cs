using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Core.Campaigns;

/// <summary>
/// What an update brings: bytes, named by what they are. An order that carries it is signed, so the signature covers the content.
/// </summary>
/// <param name="Sha256">Lower-case hex of SHA-256 of the bytes.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Name">Of the software, e.g. <c>till</c>.</param>
/// <param name="Version">Dotted numbers; see <see cref="DottedVersion"/>.</param>
public sealed record Artifact(string Sha256, long Size, string Name, string Version)
{
    /// <summary>512 MiB: bounds the disk that one upload, or one order, may take.</summary>
    public const long MostBytes = 512L * 1024 * 1024;
    private const int LongestName = 64;

    /// <summary>What is wrong with it, or null. Name and version become part of a file name at the terminal.</summary>
    public Refusal? Check()
    {
        if (!IsSha256(Sha256))
        {
            return Refusal.Invalid("sha256", "Give 64 lower-case hex digits.");
        }
        if (Size is < 1 or > MostBytes)
        {
            return Refusal.Invalid("size", $"An artifact has 1 to {MostBytes} bytes.");
        }
        return CheckName(Name) ?? DottedVersion.Check(Version);
    }

    public static bool IsSha256(string? text) =>
        text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    public static Refusal? CheckName(string? name) =>
        name is { Length: > 0 and <= LongestName }
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        && name[0] is not ('.' or '-')
        && !CardNumbers.LooksLikePan(name)
            ? null
            : Refusal.Invalid(
                "name",
                $"Use 1 to {LongestName} letters, digits, '-', '_' and '.', e.g. till."
            );
}
