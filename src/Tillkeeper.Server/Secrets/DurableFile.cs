using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Tillkeeper.Server.Secrets;

/// <summary>
/// A file that is there whole or not at all, power cuts included: written aside, flushed, then given its name, then the
/// directory flushed too (fsync(2) of a file does not cover the entry in its directory).
/// </summary>
internal static class DurableFile
{
    /// <summary>Makes the file; false when the name is taken, and then nothing has changed.</summary>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var full = Path.GetFullPath(path);
        var aside = $"{full}.{Guid.NewGuid():N}.new";
        try
        {
            Write(aside, content, mode);
            File.Move(aside, full, overwrite: false);
        }
        catch (IOException) when (File.Exists(full))
        {
            return false;
        }
        finally
        {
            File.Delete(aside);
        }
        FlushDirectory(Path.GetDirectoryName(full)!);
        return true;
    }

    private static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }
        using var file = new FileStream(path, options);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Makes names given in a directory survive a power cut.</summary>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        // .NET refuses to open a directory as a file, hence the system's own calls.
        var directory = Open(path, 0);
        if (directory < 0)
        {
            throw new IOException($"Cannot open {path} to flush it.", new Win32Exception());
        }
        var flushed = Fsync(directory);
        var problem = flushed < 0 ? new Win32Exception() : null;
        _ = Close(directory);
        if (problem is not null)
        {
            throw new IOException($"Cannot flush {path}.", problem);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
