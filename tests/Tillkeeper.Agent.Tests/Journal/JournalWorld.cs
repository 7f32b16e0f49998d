using Tillkeeper.Agent.Journal;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Tests.Journal;

/// <summary>
/// A journal that lives through stop after stop on one disk, and what it has promised: everything that an append returned, and
/// everything that an opening showed, for that may have been reported since.
/// </summary>
internal sealed class JournalWorld(int seed, SimulatedDisk disk)
{
    private const string Path = "/data/journal";

    private readonly Random random = new(seed);

    /// <summary>The hashes of what must be there.</summary>
    private readonly List<string> promised = [];

    /// <summary>The batch that was on its way when everything stopped: it may be there, whole.</summary>
    private List<string> inFlight = [];
    private bool exists;

    public int PowerCuts { get; private set; }
    public int Torn { get; private set; }

    /// <summary>Lives until <paramref name="cuts"/> power cuts have happened; returns the first promise broken, or null.</summary>
    public string? Run(int cuts)
    {
        while (PowerCuts < cuts)
        {
            var fault = (Fault)Math.Max(0, random.Next(-3, 4));
            disk.PlanFault(random.Next(1, 24), fault);
            try
            {
                if (Live() is { } broken)
                {
                    return $"seed {seed}, power cut {PowerCuts}: {broken}";
                }
            }
            catch (Exception e) when (e is StoppedException or IOException)
            {
                // This life is over; the next one looks at what is left.
            }
            disk.Restart(powerCut: fault == Fault.PowerCut);
            PowerCuts += fault == Fault.PowerCut ? 1 : 0;
        }
        return null;
    }

    private string? Live()
    {
        var opening = EventJournal.Open(disk, Path);
        if (opening is JournalOpening.Damaged damaged)
        {
            return $"damaged at {damaged.Offset}: {damaged.Problem}";
        }
        if (opening is JournalOpening.Missing && exists)
        {
            return "the journal is gone";
        }
        if (opening is JournalOpening.Opened found && Judge(found) is { } broken)
        {
            return broken;
        }
        using var journal =
            (opening as JournalOpening.Opened)?.Journal
            ?? EventJournal.Create(disk, Path, Samples.Header);
        exists = true;
        for (var n = random.Next(9); n > 0; n--)
        {
            var batch = Samples.RandomBatch(random);
            inFlight = [.. batch.Select(Samples.TextOf)];
            var entries = journal.Append(batch, Samples.At);
            promised.AddRange(entries.Select(e => e.Hash));
            inFlight = [];
            if (journal.LastSeq != promised.Count || journal.LastHash != promised[^1])
            {
                return "the journal does not end with what it appended";
            }
        }
        return null;
    }

    private string? Judge(JournalOpening.Opened opened)
    {
        Torn += opened.Cut > 0 ? 1 : 0;
        var kept = opened.Entries.Select(e => e.Hash).ToList();
        if (kept.Count < promised.Count)
        {
            return $"{promised.Count - kept.Count} acknowledged entries are lost";
        }
        if (!kept.Take(promised.Count).SequenceEqual(promised))
        {
            return "acknowledged entries are not what they were";
        }
        var more = opened.Entries.Skip(promised.Count).Select(Samples.TextOf).ToList();
        if (more.Count > 0 && !more.SequenceEqual(inFlight))
        {
            return "there is half a batch, or one that nobody appended";
        }
        promised.AddRange(kept.Skip(promised.Count));
        inFlight = [];
        return null;
    }
}
