using System.Collections.Immutable;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Locks.Batches;

/// <summary>What counts against one person's limit.</summary>
internal interface ILockQuotaEvent;

/// <param name="AskedAt">When the person asked.</param>
/// <param name="At">When the locks begin.</param>
internal sealed record LocksCharged(DateTimeOffset AskedAt, DateTimeOffset At, int Terminals)
    : ILockQuotaEvent;

/// <summary>Scheduled locks came to nothing.</summary>
internal sealed record LocksRefunded(DateTimeOffset At, int Terminals) : ILockQuotaEvent;

/// <summary>The fold of a person's locks, minute by minute: from an hour ago to the furthest that is scheduled.</summary>
internal sealed record LockQuotaState
{
    public ImmutableList<Minute> Minutes { get; init; } = [];

    internal sealed record Minute(long Number, int Terminals);

    /// <summary>Terminals within any hour that holds this moment, at most.</summary>
    public int Around(DateTimeOffset at)
    {
        var number = NumberOf(at);
        return Minutes.Where(m => Math.Abs(m.Number - number) <= 60).Sum(m => m.Terminals);
    }

    public static LockQuotaState Apply(LockQuotaState state, ILockQuotaEvent happened) =>
        happened switch
        {
            LocksCharged e => state.Add(e.At, e.Terminals).Forget(e.AskedAt),
            LocksRefunded e => state.Add(e.At, -e.Terminals),
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };

    private LockQuotaState Add(DateTimeOffset at, int terminals)
    {
        var number = NumberOf(at);
        var before = Minutes.Find(m => m.Number == number);
        var after = new Minute(number, (before?.Terminals ?? 0) + terminals);
        var others = before is null ? Minutes : Minutes.Remove(before);
        return this with { Minutes = after.Terminals > 0 ? others.Add(after) : others };
    }

    private LockQuotaState Forget(DateTimeOffset now)
    {
        var oldest = NumberOf(now) - 60;
        return this with { Minutes = Minutes.RemoveAll(m => m.Number < oldest) };
    }

    private static long NumberOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;
}

/// <summary>
/// How many terminals one person may lock within an hour without a second one (B10). Asked and booked inside the command that locks:
/// commands run one after another, so that no number of requests at once passes the limit.
/// </summary>
internal sealed class LockQuota(PolicyBook policies)
{
    public static EventCatalogue Catalogue { get; } =
        new(
            ("lock_quota.charged.v1", LockBatchJson.Default.LocksCharged),
            ("lock_quota.refunded.v1", LockBatchJson.Default.LocksRefunded)
        );

    public static StreamKind<LockQuotaState, ILockQuotaEvent> Kind { get; } =
        new(
            "lock_quota",
            Catalogue,
            LockBatchJson.Default.LockQuotaState,
            new LockQuotaState(),
            LockQuotaState.Apply,
            (_, _) => { }
        );

    /// <summary>Books the locks when they stay within the limit; false, and nothing booked, when they do not.</summary>
    public bool TryCharge(Work work, string person, int terminals, DateTimeOffset at)
    {
        var limit = policies.OfProvider(work.Views).Remote.PerPersonAndHour;
        if (work.Load(Kind, person).Around(at) + terminals > limit)
        {
            return false;
        }
        if (terminals > 0)
        {
            work.Append(Kind, person, person, [new LocksCharged(work.Now, at, terminals)]);
        }
        return true;
    }

    public static void Refund(Work work, string person, int terminals, DateTimeOffset at)
    {
        if (terminals > 0)
        {
            work.Append(Kind, person, person, [new LocksRefunded(at, terminals)]);
        }
    }
}
