using Tillkeeper.Cli.Api;

namespace Tillkeeper.Cli.Output;

/// <summary>
/// A new file for its owner alone. It is made before the secret is asked for, since a secret that is shown once must not
/// be lost to a path that cannot be written; it is gone again when no secret came.
/// </summary>
internal sealed class SecretFile : IDisposable
{
    private readonly string path;
    private readonly FileStream stream;
    private bool kept;

    private SecretFile(string path, FileStream stream)
    {
        this.path = path;
        this.stream = stream;
    }

    public static SecretFile Reserve(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new SecretFile(path, new FileStream(path, options));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"A new file cannot be made for --out: {e.Message}", e);
        }
    }

    public void Keep(string secret)
    {
        stream.Write(System.Text.Encoding.ASCII.GetBytes(secret + "\n"));
        stream.Flush(flushToDisk: true);
        kept = true;
    }

    public void Dispose()
    {
        stream.Dispose();
        if (!kept)
        {
            File.Delete(path);
        }
    }
}
