using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Cases;

/// <summary>What happened in a case, told by the log: shown oldest first.</summary>
internal sealed class CaseHistory(StreamHistory history)
{
    /// <summary>Older events than these many are not shown; only reading documents over and over gets that far.</summary>
    public const int Most = 200;

    /// <param name="By">A person's name, <c>terminal</c> or <c>server</c>.</param>
    /// <param name="Actor">As the log names them, e.g. <c>person/K7...</c>.</param>
    internal sealed record Entry(
        DateTimeOffset At,
        string By,
        string Actor,
        string What,
        string Type
    );

    public IReadOnlyList<Entry> Read(string caseId) =>
        [
            .. history
                .Read(CaseStreams.Kind, caseId, Most)
                .Select(e => new Entry(e.At, e.By, e.Actor, Tell(e.Happened), e.Type)),
        ];

    private static string Tell(object happened) =>
        happened switch
        {
            CaseOpened e => $"opened the case, asking for {Words.Of(e.WayOut)}",
            DocumentAttached e => $"attached {e.Kind}",
            DocumentRead e => $"looked at {e.Kind}",
            CaseDecided { Outcome: CaseOutcome.Refuse } e => $"refused: {e.Reason}",
            CaseDecided { Missing.Count: > 0 } e =>
                $"approved without {string.Join(", ", e.Missing)}: {e.Reason}",
            CaseDecided e => $"approved: {e.Reason}",
            CodeIssued => "read out a one-time code",
            CaseProgressed { Step: CaseStep.Released } => "ended the lock",
            CaseProgressed { Step: CaseStep.SignedIn } => "was signed in to with the new passcode",
            CaseProgressed => "took the new passcode",
            CaseClosed { Result: "signed_in" } => "settled: signed in with the new passcode",
            CaseClosed e => $"settled: {e.Result}",
            LockCovered e =>
                $"added lock {LockTable.Of(e.Cause).Code}, asking for {Words.Of(e.WayOut)}",
            CoveredLockEnded => "ended a further lock",
            CaseAssigned e => $"gave the case to another person: {e.Reason}",
            CaseReminded { Overdue: true } => "told that the case is overdue",
            CaseReminded => "told that half of the time is over",
            CaseMergedInto e => $"made it part of another case: {e.Reason}",
            CaseTakenOver => "took over another case",
            CaseReopened e => $"opened the case again: {e.Reason}",
            CaseRated { ByPhone: true } e => $"noted the shop's answer: {e.Score} of 5",
            CaseRated e => $"answered: {e.Score} of 5",
            CallBackStarted => "was shown the number on file, to call it",
            CallBackEnded e => $"called the number on file: {Words.Of(e.Outcome)}",
            IdentityCompared e =>
                $"compared with the file: {e.Fields.Count(f => f.Likeness == Likeness.Match)} of {e.Fields.Count} match",
            DocumentSeenBefore e => $"recognised {e.Kind}: the same is in another case",
            CaseApprovalRequested e => $"approved as the first of two: {e.Reason}",
            _ => throw new InvalidOperationException(
                $"The timeline does not know {happened.GetType().Name}."
            ),
        };
}
