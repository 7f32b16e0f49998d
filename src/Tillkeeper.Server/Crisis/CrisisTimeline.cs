using System.Globalization;
using Dapper;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Crisis;

/// <summary>What happened in a crisis, told by the log, oldest first.</summary>
internal sealed class CrisisTimeline(Database database, StreamHistory history)
{
    /// <summary>The undoing of ten thousand locks has about a hundred and sixty steps.</summary>
    private const int Most = 1000;

    /// <param name="By">A person's name, or <c>server</c>.</param>
    /// <param name="What">In English, for programs and reports.</param>
    /// <param name="Kind">What it was, for whoever says it in another language.</param>
    /// <param name="Facts">What goes into that: a reason, a message, numbers.</param>
    internal sealed record Step(
        DateTimeOffset At,
        string By,
        string What,
        string Kind = "",
        IReadOnlyList<string>? Facts = null
    );

    public IReadOnlyList<Step> Read(string crisis) =>
        [
            .. history
                .Read(CrisisStreams.Kind, crisis, Most)
                .Select(e =>
                {
                    var (kind, facts) = FactsOf(e.Happened);
                    return new Step(e.At, e.By, Tell(e.Happened), kind, facts);
                }),
        ];

    public string NameOf(string person) =>
        database.Read(c =>
            c.ExecuteScalar<string>("SELECT name FROM keys WHERE id = @person", new { person })
        ) ?? person;

    private static string Tell(ICrisisEvent happened) =>
        happened switch
        {
            CrisisOpened { Person: null } e =>
                $"the breaker stopped {Subject(e)}: {e.Locked} of {e.Fleet} terminals locked",
            CrisisOpened e =>
                $"opened for {Subject(e)}: {e.Locked} of {e.Fleet} terminals locked; {e.Reason}",
            CrisisAnalysed { Factors: [var first, ..] } e =>
                $"{e.Locked} terminals locked; most telling: {Tell(first)}",
            CrisisAnalysed e => $"{e.Locked} terminals locked; nothing in common stands out",
            StopRequested e => $"asked to stop the rule: {e.Reason}",
            RuleStopped e => $"stopped the rule, with a second person: {e.Reason}",
            CrisisBounded e => $"the rule was set again and went wrong again: see crisis {e.Next}",
            UndoRequested e => $"asked to undo the locks: {e.Reason}",
            UndoOrdered e => $"ordered the undoing, with a second person: {e.Reason}",
            UndoAdvanced e =>
                $"{e.Steps.Count} locks had their turn: {e.Steps.Count(s => s.Outcome == UndoOutcome.Ordered)} releases ordered",
            UndoFinished => "every lock has had its turn",
            MessageSet e => $"message to all shops concerned: {e.Text}",
            CrisisClosed e => $"closed: {e.Reason}",
            _ => throw new InvalidOperationException(
                $"The timeline does not know {happened.GetType().Name}."
            ),
        };

    private static (string Kind, string[] Facts) FactsOf(ICrisisEvent happened) =>
        happened switch
        {
            CrisisOpened e => (
                e.Person is null ? "tripped" : "opened",
                [Number(e.Locked), Number(e.Fleet), e.Reason]
            ),
            CrisisAnalysed { Factors: [var first, ..] } e => (
                "analysed",
                [Number(e.Locked), first.Name, first.Value, Percent(first.LockedShare)]
            ),
            CrisisAnalysed e => ("nothing_common", [Number(e.Locked)]),
            StopRequested e => ("stop_requested", [e.Reason]),
            RuleStopped e => ("stopped", [e.Reason]),
            CrisisBounded e => ("bounded", [e.Next]),
            UndoRequested e => ("undo_requested", [e.Reason]),
            UndoOrdered e => ("undo_ordered", [e.Reason]),
            UndoAdvanced e => (
                "advanced",
                [
                    Number(e.Steps.Count),
                    Number(e.Steps.Count(s => s.Outcome == UndoOutcome.Ordered)),
                ]
            ),
            UndoFinished => ("finished", []),
            MessageSet e => ("message", [e.Text]),
            CrisisClosed e => ("closed", [e.Reason]),
            _ => ("", []),
        };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Subject(CrisisOpened e) =>
        e.Rule is { } rule ? $"rule {Words.Of(rule)}" : $"batch {e.Batch}";

    internal static string Tell(Factor factor)
    {
        var fleet = factor.FleetShare is { } share ? $", {Percent(share)} of the fleet" : "";
        return $"{factor.Name} {factor.Value} ({Percent(factor.LockedShare)} of the locked{fleet})";
    }

    internal static string Percent(double share) =>
        share.ToString("0.#%", CultureInfo.InvariantCulture);
}
