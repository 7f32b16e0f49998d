using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tillkeeper.Agent.Journal;

/// <summary>The two things about durability that the framework has no word for.</summary>
internal static partial class Posix
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;
    private const int DontNeed = 4;

    /// <summary>Makes creations, renames and deletions in a directory survive a power cut.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void SyncDirectory(string path)
    {
        using var handle = Open(path, ReadOnly | CloseOnExec);
        if (handle.IsInvalid || Fsync(handle) != 0)
        {
            throw new IOException(
                $"The directory '{path}' cannot be synced.",
                new Win32Exception(Marshal.GetLastPInvokeError())
            );
        }
    }

    /// <summary>Has everything that was written to the file system of <paramref name="path"/> survive a power cut (syncfs(2)).</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void SyncFileSystem(string path)
    {
        using var handle = Open(path, ReadOnly | CloseOnExec);
        if (handle.IsInvalid || Syncfs(handle) != 0)
        {
            throw new IOException(
                $"The file system of '{path}' cannot be synced.",
                new Win32Exception(Marshal.GetLastPInvokeError())
            );
        }
    }

    /// <summary>Renames over what stands there, whatever it is: the framework would look through a link to a folder.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Rename(string from, string to)
    {
        if (RenameTo(from, to) != 0)
        {
            throw new IOException(
                $"'{from}' cannot be renamed.",
                new Win32Exception(Marshal.GetLastPInvokeError())
            );
        }
    }

    /// <summary>
    /// Has the system forget what it caches of a synced file, so that reading asks the disk. It may decline (as it does where
    /// the file lives in memory alone), which is why there is nothing to check.
    /// </summary>
    public static void ForgetCached(SafeFileHandle file) => _ = Fadvise(file, 0, 0, DontNeed);

    [LibraryImport(
        "libc",
        EntryPoint = "open",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int Syncfs(SafeFileHandle file);

    [LibraryImport(
        "libc",
        EntryPoint = "rename",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    private static partial int RenameTo(string from, string to);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Fadvise(SafeFileHandle file, nint offset, nint length, int advice);
}
