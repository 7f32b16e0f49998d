namespace Tillkeeper.Agent.Hosting;

/// <summary>
/// The agent's folder, held by one process at a time: two agents on one journal would fork it. The hold is a lock on an open file, so
/// that no crash leaves it behind.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream hold;

    private DataFolder(string path, FileStream hold)
    {
        this.hold = hold;
        Identity = Path.Combine(path, "identity.json");
        Enrolment = Path.Combine(path, "enrolment.json");
        Journal = Path.Combine(path, "events.journal");
        Lost = Path.Combine(path, "lost.json");
        Replaced = Path.Combine(path, "replaced");
        Hooks = Path.Combine(path, "hooks.json");
        Downloads = Path.Combine(path, "downloads");
    }

    /// <summary>Who this terminal is; exists only once a journal does.</summary>
    public string Identity { get; }

    /// <summary>The key of an enrolment that has not been answered yet.</summary>
    public string Enrolment { get; }
    public string Journal { get; }

    /// <summary>Says that the state was lost and the server has not yet said where to go on.</summary>
    public string Lost { get; }

    /// <summary>Says that another terminal has the place of this one, and which one this was.</summary>
    public string Replaced { get; }

    /// <summary>The locks that hooks were told of.</summary>
    public string Hooks { get; }

    /// <summary>Artifacts of updates, whole ones and parts.</summary>
    public string Downloads { get; }

    /// <summary>Takes the folder, making it when needed, readable by its owner alone; null when another process holds it.</summary>
    public static DataFolder? Take(string path)
    {
        var full = Path.GetFullPath(path);
        const UnixFileMode Owner =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(full, Owner);
        try
        {
            return new DataFolder(
                full,
                new FileStream(
                    Path.Combine(full, "agent.lock"),
                    new FileStreamOptions
                    {
                        Mode = FileMode.OpenOrCreate,
                        Access = FileAccess.ReadWrite,
                        Share = FileShare.None,
                        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    }
                )
            );
        }
        catch (IOException e) when (e.GetType() == typeof(IOException))
        {
            return null;
        }
    }

    public void Dispose() => hold.Dispose();
}
