namespace Tillkeeper.Cli.Api;

/// <summary>An API key is a password: it is read from a file that only its owner can read.</summary>
internal static class KeyFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;

    public static string Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            RefuseWhenOpenToOthers(stream, path);
            using var reader = new StreamReader(stream);
            return Checked(reader.ReadLine()?.Trim(), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The key file cannot be read: {e.Message}", e);
        }
    }

    // Asked of the open file, so that the file checked is the file read.
    private static void RefuseWhenOpenToOthers(FileStream stream, string path)
    {
        if (
            !OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(stream.SafeFileHandle) & Others) != UnixFileMode.None
        )
        {
            throw new UsageException(
                $"The key file {path} is open to other users. Make it yours alone: chmod 600 {path}"
            );
        }
    }

    private static string Checked(string? key, string path) =>
        !string.IsNullOrEmpty(key) && key.All(c => c is > ' ' and <= '~')
            ? key
            : throw new UsageException($"The first line of the key file {path} is not an API key.");
}
