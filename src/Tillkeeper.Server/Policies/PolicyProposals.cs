using Tillkeeper.Core;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Policies;

/// <summary>
/// What the first of two people asked for. A rule that begins to lock shops is best looked at by two: whoever writes it asks, another
/// person looks at the difference and sets it.
/// </summary>
internal static class PolicyProposals
{
    /// <param name="Base">The revision that stood there then; when another stands now, it has to be asked for anew.</param>
    internal sealed record Row(
        DateTimeOffset At,
        string Person,
        string Reason,
        string Document,
        long Base
    );

    public static Refusal SecondPerson { get; } =
        Refusal.Conflict(
            "second_person_required",
            "The policy is recorded as proposed; a second person must send the same text to set it."
        );

    public static Row? Find(Views views, string target) =>
        views
            .Query(
                "SELECT at, person, reason, document, base FROM policy_proposals WHERE target = $1",
                r => new Row(
                    PolicyViews.Time(r.GetInt64(0)),
                    r.GetString(1),
                    r.GetString(2),
                    r.GetString(3),
                    r.GetInt64(4)
                ),
                target
            )
            .FirstOrDefault();
}
