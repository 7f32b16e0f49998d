using Tillkeeper.Server.Cases;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Complaints.Proof;

/// <summary>What an office outside gets (W7): what it is about, what was promised and kept, and the events that prove it.</summary>
/// <param name="MadeAt">When this packet was made.</param>
/// <param name="Verified">True when every event of the extract follows from the hash before it.</param>
internal sealed record Packet(
    DateTimeOffset MadeAt,
    ComplaintView Complaint,
    IReadOnlyList<PromiseView> Promises,
    LockTimes? Lock,
    bool Verified,
    IReadOnlyList<ExtractRow> Events
);

/// <summary>The times of the lock that it is about; <paramref name="ExpectedEnd"/> is what the shop was told last.</summary>
internal sealed record LockTimes(
    string Code,
    DateTimeOffset Since,
    DateTimeOffset? ExpectedEnd,
    bool Standing
);

/// <summary>Puts packets together. Of a person there is nothing in them but what the complainant wrote.</summary>
internal sealed class Packets(
    ComplaintViews complaints,
    TerminalAccess terminals,
    LogExtract log,
    TimeProvider time
)
{
    public Packet? Make(string id, Person person)
    {
        if (
            complaints.StateOf(id, person) is not { Opened: { } opened } state
            || complaints.Find(id, person) is not { } view
        )
        {
            return null;
        }
        List<ExtractRow> events = [.. log.Read(ComplaintStreams.Kind.NameOf(id), null, person)];
        if (opened.CaseId is { } caseId)
        {
            events.AddRange(log.Read(CaseStreams.Kind.NameOf(caseId), null, person));
        }
        if (opened is { Terminal: { } terminal, LockId: { } lockId })
        {
            events.AddRange(log.Read(TerminalStreams.Kind.NameOf(terminal), lockId, person));
        }
        var now = time.GetUtcNow();
        return new Packet(
            now,
            view,
            ComplaintViews.Promises(state, now),
            Times(opened, person),
            events.TrueForAll(e => e.Verified),
            [.. events.OrderBy(e => e.At).ThenBy(e => e.Shard).ThenBy(e => e.Seq)]
        );
    }

    private LockTimes? Times(ComplaintOpened about, Person person)
    {
        if (
            about is not { Terminal: { } id, LockId: { } lockId }
            || terminals.Find(id, person) is not { } terminal
        )
        {
            return null;
        }
        var standing = terminal.Locks.GetValueOrDefault(lockId)?.Lock;
        var found = standing ?? terminal.PastLocks.Find(p => p.Lock.Id == lockId)?.Lock;
        return found is null
            ? null
            : new LockTimes(
                Core.Locks.LockTable.Of(found.Cause).Code,
                found.Since,
                found.ExpectedEnd,
                standing is not null
            );
    }
}
