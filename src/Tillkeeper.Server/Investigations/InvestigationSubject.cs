using Tillkeeper.Core;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Investigations;

/// <summary>The locks that are to be looked into, found in <c>lock_spans</c>, which knows ended ones too.</summary>
internal static class InvestigationSubject
{
    /// <summary>Locks of one investigation; of a larger batch, the first of them stand for the rest.</summary>
    public const int MostLocks = 200;

    public static (IReadOnlyList<LockRef> Locks, string Place, Refusal? Refusal) Find(
        Work work,
        IReadOnlyList<LockRef> named,
        string? batch,
        Person person
    )
    {
        var asked = batch is null
            ? [.. named.Distinct()]
            : work.Views.Query(
                "SELECT terminal, lock_id FROM batch_locks WHERE batch = $1 ORDER BY terminal LIMIT $2",
                r => new LockRef(r.GetString(0), r.GetString(1)),
                batch,
                (long)MostLocks
            );
        string? common = null;
        foreach (var one in asked)
        {
            var place =
                work.Views.Scalar(
                    "SELECT place FROM lock_spans WHERE terminal = $1 AND lock_id = $2",
                    one.Terminal,
                    one.LockId
                ) as string;
            if (place is null || !person.Sees(place))
            {
                return ([], "", Refusal.NotFound("lock"));
            }
            common = common is null ? place : Common(common, place);
        }
        return common is null
            ? ([], "", Refusal.NotFound(batch is null ? "lock" : "batch"))
            : (asked, common, null);
    }

    /// <summary>The lowest place above both, e.g. <c>/A/</c> of <c>/A/X/</c> and <c>/A/Y/</c>.</summary>
    internal static string Common(string one, string other)
    {
        var same = one.AsSpan().CommonPrefixLength(other);
        return one[..(one.AsSpan(0, same).LastIndexOf('/') + 1)];
    }
}
