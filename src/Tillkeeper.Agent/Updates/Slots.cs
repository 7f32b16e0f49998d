using Tillkeeper.Agent.Journal;
using Tillkeeper.Core.Campaigns;

namespace Tillkeeper.Agent.Updates;

/// <summary>
/// The installed versions, each whole in a folder of its own, and the link <c>current</c> that says which one runs. Only the exchange of
/// that link changes what runs, and a rename exchanges it whole or not at all (rename(2)), power cuts included.
/// </summary>
internal sealed class Slots
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;
    private const string Folder = "slots";
    private readonly string root;
    private readonly string current;
    private readonly string next;

    public Slots(string root)
    {
        this.root = Path.GetFullPath(root);
        current = Path.Combine(this.root, "current");
        next = Path.Combine(this.root, "current.new");
    }

    /// <summary>Where the installer writes how far it is.</summary>
    public string Progress => Path.Combine(root, "progress");

    /// <summary>What runs; null while nothing is installed, or <c>current</c> is no link into the slots.</summary>
    public InstalledSoftware? Running =>
        new FileInfo(current).LinkTarget is { } target
        && Path.GetDirectoryName(target) == Folder
        && Path.GetFileName(target) is { Length: > 0 } slot
        && Directory.Exists(PathOf(slot))
            ? new InstalledSoftware(SlotName.VersionOf(slot), slot)
            : null;

    public string PathOf(string slot) => Path.Combine(root, Folder, slot);

    /// <summary>A name that no earlier try has used: what an interrupted one has left behind, or still writes, is elsewhere.</summary>
    public string NewFor(Artifact artifact)
    {
        var attempt = 1;
        while (Directory.Exists(PathOf(SlotName.Of(artifact, attempt))))
        {
            attempt++;
        }
        return SlotName.Of(artifact, attempt);
    }

    /// <summary>Makes the slot, empty.</summary>
    public void Prepare(string slot)
    {
        Directory.CreateDirectory(Path.Combine(root, Folder), Readable);
        var path = PathOf(slot);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        Directory.CreateDirectory(path, Readable);
        File.Delete(Progress);
    }

    /// <summary>On return everything in the slot survives a power cut.</summary>
    public void Complete(string slot)
    {
        Posix.SyncFileSystem(PathOf(slot));
        Posix.SyncDirectory(Path.Combine(root, Folder));
    }

    /// <summary>Makes a slot the one that runs; null: none, as before the first. On return it survives a power cut.</summary>
    public void Switch(string? slot)
    {
        if (slot is null)
        {
            File.Delete(current);
        }
        else
        {
            File.Delete(next);
            File.CreateSymbolicLink(next, Path.Combine(Folder, slot));
            Posix.Rename(next, current);
        }
        Posix.SyncDirectory(root);
    }

    /// <summary>Removes what is not needed any more.</summary>
    public void KeepOnly(params IReadOnlyCollection<string?> slots)
    {
        var folder = Path.Combine(root, Folder);
        if (!Directory.Exists(folder))
        {
            return;
        }
        foreach (var path in Directory.EnumerateDirectories(folder))
        {
            if (!slots.Contains(Path.GetFileName(path)))
            {
                Directory.Delete(path, recursive: true);
            }
        }
    }
}
