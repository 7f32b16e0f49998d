using System.Globalization;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Cases.Texts;
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

    public IReadOnlyList<Entry> Read(string caseId, CultureInfo culture) =>
        [
            .. history
                .Read(CaseStreams.Kind, caseId, Most)
                .Select(e => new Entry(e.At, e.By, e.Actor, Tell(e.Happened, culture), e.Type)),
        ];

    private static string Tell(object happened, CultureInfo culture)
    {
        return happened switch
        {
            CaseOpened e => Say("opened", Word(Words.Of(e.WayOut))),
            DocumentAttached e => Say("attached", Word(e.Kind)),
            DocumentRead e => Say("looked_at", Word(e.Kind)),
            CaseDecided { Outcome: CaseOutcome.Refuse } e => Say("refused", e.Reason),
            CaseDecided { Missing.Count: > 0 } e => Say(
                "approved_without",
                CaseTexts.List(e.Missing, culture),
                e.Reason
            ),
            CaseDecided e => Say("approved", e.Reason),
            CodeIssued => Say("code"),
            CaseProgressed { Step: CaseStep.Released } => Say("released"),
            CaseProgressed { Step: CaseStep.SignedIn } => Say("signed_in"),
            CaseProgressed => Say("passcode_set"),
            CaseClosed { Result: "signed_in" } => Say("settled_signed_in"),
            CaseClosed e => Say("settled", Word(e.Result)),
            LockCovered e => Say("covered", LockTable.Of(e.Cause).Code, Word(Words.Of(e.WayOut))),
            CoveredLockEnded => Say("covered_ended"),
            CaseAssigned e => Say("assigned", e.Reason),
            CaseReminded { Overdue: true } => Say("overdue"),
            CaseReminded => Say("half_time"),
            CaseMergedInto e => Say("merged", e.Reason),
            CaseTakenOver => Say("took_over"),
            CaseReopened e => Say("reopened", e.Reason),
            CaseRated { ByPhone: true } e => Say("rated_by_phone", e.Score),
            CaseRated e => Say("rated", e.Score),
            CallBackStarted => Say("call_started"),
            CallBackEnded e => Say("call_ended", Word(Words.Of(e.Outcome))),
            IdentityCompared e => Say(
                "compared",
                e.Fields.Count(f => f.Likeness == Likeness.Match),
                e.Fields.Count
            ),
            DocumentSeenBefore e => Say("seen_before", Word(e.Kind)),
            CaseApprovalRequested e => Say("first_approval", e.Reason),
            _ => throw new InvalidOperationException(
                $"The timeline does not know {happened.GetType().Name}."
            ),
        };

        string Say(string name, params ReadOnlySpan<object?> facts) =>
            CaseTexts.Of(name, culture, facts);

        string Word(string word) => CaseTexts.Word(word, culture);
    }
}
