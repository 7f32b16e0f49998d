namespace Tillkeeper.Agent.Journal;

/// <summary>The disk of this machine.</summary>
internal sealed class RealDisk : IDisk
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public bool Exists(string path) => File.Exists(path);

    public byte[] ReadAllBytes(string path) => File.ReadAllBytes(path);

    public IDiskFile OpenAppend(string path)
    {
        var file = new RealDiskFile(
            new FileStream(
                path,
                new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    // Two programs that append would fork the chain.
                    Share = FileShare.None,
                    BufferSize = 0,
                    UnixCreateMode = OwnerOnly,
                }
            )
        );
        try
        {
            file.BelieveOnlyTheDisk();
            // Its name too may be in the cache only: just created, or renamed by a program that died before the sync.
            Posix.SyncDirectory(DirectoryOf(path));
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void WriteDurably(string path, ReadOnlySpan<byte> content)
    {
        var beside = path + ".new";
        // A left-over of a power cut may have another mode.
        File.Delete(beside);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = OwnerOnly,
        };
        using (var file = new FileStream(beside, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        Rename(beside, path);
    }

    public void Rename(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        Posix.SyncDirectory(DirectoryOf(to));
        if (DirectoryOf(from) != DirectoryOf(to))
        {
            Posix.SyncDirectory(DirectoryOf(from));
        }
    }

    public void Delete(string path)
    {
        File.Delete(path);
        Posix.SyncDirectory(DirectoryOf(path));
    }

    public void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }
        var above = DirectoryOf(path);
        CreateDirectory(above);
        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        Posix.SyncDirectory(above);
    }

    private static string DirectoryOf(string path) =>
        Path.GetDirectoryName(Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar)) ?? "/";
}
