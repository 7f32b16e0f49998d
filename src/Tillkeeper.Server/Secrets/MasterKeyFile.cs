using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tillkeeper.Server.Secrets;

/// <summary>The file of the master key: 32 random bytes in base64url (43 characters) and a line end, mode 0600.</summary>
internal static class MasterKeyFile
{
    private const int KeyBytes = 32;
    private const int KeyCharacters = 43;
    private const int LongestFile = 64;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>Makes a key, durably; false when somebody else has just made one.</summary>
    public static bool TryCreate(string path)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var text = Encoding.ASCII.GetBytes(Base64Url.EncodeToString(key) + "\n");
        var made = DurableFile.TryCreate(path, text, OwnerOnly);
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(text);
        return made;
    }

    /// <exception cref="SecretsUnusableException">Missing, open to others, or not a key.</exception>
    public static byte[] Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new SecretsUnusableException(
                $"There is no master key at {path}. Put back the file that this data was made with (--master-key FILE)."
            );
        }
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        // Asked of the open file, so that nobody can swap it between the look and the read.
        if (
            !OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != UnixFileMode.None
        )
        {
            throw new SecretsUnusableException(
                $"The master key {path} can be used by others than its owner. Run: chmod 600 {path}"
            );
        }
        Span<byte> text = stackalloc byte[LongestFile + 1];
        var length = file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        return Decode(text[..length])
            ?? throw new SecretsUnusableException(
                $"{path} is not a master key: expected 32 bytes in base64url, 43 characters on one line."
            );
    }

    private static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        var line = text.TrimEnd("\r\n"u8);
        // The decoder forgives blanks between characters; a key file has none.
        return
            text.Length <= LongestFile
            && line.Length == KeyCharacters
            && Base64Url.IsValid(line, out var decoded)
            && decoded == KeyBytes
            ? Base64Url.DecodeFromUtf8(line)
            : null;
    }
}
