using System.Runtime.InteropServices;

namespace Tillkeeper.Agent.Commands;

/// <summary>
/// Which files the agent runs: plain ones that belong to root or to the agent's own user and that nobody else can write, in a folder
/// of which the same is true. Whoever could write them could do what the agent can.
/// </summary>
internal static partial class OwnFiles
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint TypeModeOwner = 0x1 | 0x2 | 0x8; // STATX_TYPE, STATX_MODE, STATX_UID
    private const int TypeBits = 0xF000;
    private const int Folder = 0x4000;
    private const int Plain = 0x8000;
    private const int OthersWrite = 0x12; // group and others

    /// <summary>Why a file is not to be run, or null.</summary>
    public static string? Problem(string path) => Problem(path, Plain, "plain file");

    /// <summary>Why nothing in a folder is to be run, or null.</summary>
    public static string? FolderProblem(string path) => Problem(path, Folder, "folder");

    private static string? Problem(string path, int type, string what)
    {
        if (StatX(CurrentFolder, path, NoFollow, TypeModeOwner, out var file) != 0)
        {
            return "it cannot be read";
        }
        if ((file.Mode & TypeBits) != type)
        {
            return $"it is not a {what}";
        }
        if (file.Owner != 0 && file.Owner != EffectiveUser())
        {
            return "it belongs neither to root nor to the agent's user";
        }
        return (file.Mode & OthersWrite) != 0 ? "others can write it" : null;
    }

    [LibraryImport(
        "libc",
        EntryPoint = "statx",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(
        int folder,
        string path,
        int flags,
        uint mask,
        out FileFacts facts
    );

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUser();

    /// <summary><c>struct statx</c>, the same on every architecture: 256 bytes, of which three fields are looked at.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct FileFacts
    {
        [FieldOffset(20)]
        public readonly uint Owner;

        [FieldOffset(28)]
        public readonly ushort Mode;
    }
}
