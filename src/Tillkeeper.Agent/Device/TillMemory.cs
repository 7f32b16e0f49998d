using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Identity;
using Tillkeeper.Agent.Journal;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Device;

/// <summary>
/// The state and the journal behind it. Events are durable before they are applied. Without a journal that can be believed the
/// state is unknown: one lock stands, nothing is recorded, until the server says where to go on.
/// </summary>
internal sealed partial class TillMemory(
    IDisk disk,
    DataFolder folder,
    IdentityStore identities,
    ILogger<TillMemory> logger
) : IDisposable
{
    private volatile EventJournal? journal;
    private volatile DeviceState state = DeviceState.Empty;
    private LostState? lost;

    public DeviceState State => state;

    /// <summary>Null while the state is lost.</summary>
    public EventJournal? Journal => journal;

    /// <summary>Reads the journal, or finds that there is none to believe.</summary>
    public void Open(DeviceNow now)
    {
        var identity = identities.Required;
        lost = LostState.Read(disk, folder, now);
        switch (EventJournal.Open(disk, folder.Journal))
        {
            case JournalOpening.Opened opened when Recovered(opened) && IsOurs(opened.Header):
                journal = opened.Journal;
                state = opened
                    .Entries.Select(e => e.ToEvent())
                    .Aggregate(DeviceSeed.Of(identity), DeviceFold.Apply);
                disk.Delete(folder.Lost);
                lost = null;
                if (opened.Cut > 0)
                {
                    LogCut(opened.Cut);
                }
                break;
            case JournalOpening.Opened opened:
                opened.Journal.Dispose();
                LoseFile("the journal is another terminal's", now);
                break;
            case JournalOpening.Missing:
                Lose("the journal is missing", now);
                break;
            case JournalOpening.Damaged damaged:
                LogDamaged(damaged.Problem, damaged.Offset);
                LoseFile("the journal is damaged", now);
                break;
        }
    }

    /// <summary>Makes events durable, then applies them. Nothing is recorded while the state is lost.</summary>
    /// <exception cref="JournalBrokenException">The disk refused; the program must end.</exception>
    public void Commit(IReadOnlyList<IDeviceEvent> events, DeviceNow now)
    {
        if (events.Count == 0)
        {
            return;
        }
        journal?.Append(events, UtcTimeJson.Write(now.Shown));
        state = events.Aggregate(state, DeviceFold.Apply);
    }

    /// <summary>Is the server ahead of this journal? Then it is an old copy, put back by somebody.</summary>
    public bool IsBehind(Acknowledged server) => journal is { } kept && server.Seq > kept.LastSeq;

    /// <summary>
    /// Begins a new journal after what the server has acknowledged, so that a loss is not taken for a fork. Returns what has happened.
    /// </summary>
    public IReadOnlyList<IDeviceEvent> GoOnAfter(Acknowledged server, DeviceNow now)
    {
        if (journal is { } kept)
        {
            journal = null;
            kept.Dispose();
            LoseFile("the journal is an old copy", now);
        }
        if (lost is not { } note)
        {
            return [];
        }
        var identity = identities.Required;
        var begun = EventJournal.Create(
            disk,
            folder.Journal,
            new JournalHeader(identity.TerminalId, identity.Epoch, server.Seq, server.Hash)
        );
        var events = Losing(note, now);
        begun.Append(events, UtcTimeJson.Write(now.Shown));
        // The new state comes with its lock in it: there is no moment at which nothing is locked.
        state = events.Aggregate(DeviceSeed.Of(identity), DeviceFold.Apply);
        journal = begun;
        disk.Delete(folder.Lost);
        lost = null;
        LogGoingOn(server.Seq + 1);
        return events;
    }

    public void Dispose() => journal?.Dispose();

    /// <summary>A journal begun after a loss counts only once the loss itself stands in it.</summary>
    private bool Recovered(JournalOpening.Opened opened) =>
        lost is not { } note
        || opened
            .Entries.Select(e => e.ToEvent())
            .OfType<LockBegun>()
            .Any(e => e.Lock.Id == note.LockId);

    private bool IsOurs(JournalHeader header) =>
        header.Terminal == identities.Required.TerminalId
        && header.Epoch == identities.Required.Epoch;

    private void LoseFile(string problem, DeviceNow now)
    {
        // The note comes first: a power cut between the two must not make a loss look like an old news.
        lost ??= Note(problem, now);
        LogAside(Aside.Put(disk, folder.Journal));
        Lose(problem, now);
    }

    private void Lose(string problem, DeviceNow now)
    {
        lost ??= Note(problem, now);
        state = Losing(lost, now).Aggregate(DeviceSeed.Of(identities.Required), DeviceFold.Apply);
        LogLost(lost.Problem, lost.LockId);
    }

    private LostState Note(string problem, DeviceNow now)
    {
        var note = new LostState(NewId.Lock(), problem, now.Shown);
        note.Write(disk, folder);
        return note;
    }

    private static IReadOnlyList<IDeviceEvent> Losing(LostState note, DeviceNow now) =>
        DeviceDecisions
            .Decide(
                DeviceState.Empty,
                new LoseState(note.LockId, note.Problem),
                now with
                {
                    Shown = note.Since,
                }
            )
            .Events;
}
