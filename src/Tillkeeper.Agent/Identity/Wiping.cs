using System.Text;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Journal;
using Tillkeeper.Agent.Link;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Agent.Identity;

/// <summary>
/// The end of an identity whose place another terminal has taken (W5): once the server holds everything that was recorded here, or has ended the
/// identity itself, the key and all that goes with it are deleted. The journal stays, and says nothing to anybody without them.
/// </summary>
internal sealed partial class Wiping(
    Till till,
    LinkState link,
    IdentityStore identities,
    IDisk disk,
    DataFolder folder,
    ILogger<Wiping> logger
)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>Has this terminal been replaced before this start? A wipe that a power cut left half done is finished.</summary>
    public bool IsReplaced()
    {
        if (!disk.Exists(folder.Replaced))
        {
            return false;
        }
        Forget();
        return true;
    }

    /// <summary>Returns when the identity is gone; waits for ever on a terminal that keeps its place.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        long? upTo = null;
        while (true)
        {
            if (till.State.IsReplaced && till.Journal is { } journal)
            {
                // What is recorded after this tells only of its own end.
                upTo ??= journal.LastSeq;
                if (link.Acknowledged >= upTo || IsOver)
                {
                    // The note comes first: after a power cut between the two the next start goes on from it.
                    disk.WriteDurably(
                        folder.Replaced,
                        Encoding.UTF8.GetBytes(till.State.Terminal + "\n")
                    );
                    Forget();
                    LogWiped();
                    return;
                }
            }
            await Task.Delay(Every, stop);
        }
    }

    /// <summary>The server has said so, and takes nothing any more: it revokes with the very answer that may have been lost.</summary>
    private bool IsOver =>
        till.State.ActiveLocks.Any(l => l is { Cause: Cause.Binding, Owner: LockOwner.Terminal });

    private void Forget()
    {
        identities.Forget();
        disk.Delete(folder.Enrolment);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Another terminal has taken the place of this one; its identity is wiped."
    )]
    private partial void LogWiped();
}
