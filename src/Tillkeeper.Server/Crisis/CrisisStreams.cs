using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Crisis;

/// <summary>Streams of crises, the views <c>crises</c> and <c>crisis_undone</c>, and the timers that carry a crisis on.</summary>
internal static class CrisisStreams
{
    public const string UndoTimer = "crisis_undo";
    public const string AnalysisTimer = "crisis_analysis";

    /// <summary>When a crisis opens, most of its locks are still to be reported.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(2);

    public static EventCatalogue Catalogue { get; } =
        new(
            ("crisis.opened.v1", CrisisJson.Default.CrisisOpened),
            ("crisis.analysed.v1", CrisisJson.Default.CrisisAnalysed),
            ("crisis.stop_requested.v1", CrisisJson.Default.StopRequested),
            ("crisis.rule_stopped.v1", CrisisJson.Default.RuleStopped),
            ("crisis.bounded.v1", CrisisJson.Default.CrisisBounded),
            ("crisis.undo_requested.v1", CrisisJson.Default.UndoRequested),
            ("crisis.undo_ordered.v1", CrisisJson.Default.UndoOrdered),
            ("crisis.undo_advanced.v1", CrisisJson.Default.UndoAdvanced),
            ("crisis.undo_finished.v1", CrisisJson.Default.UndoFinished),
            ("crisis.message_set.v1", CrisisJson.Default.MessageSet),
            ("crisis.closed.v1", CrisisJson.Default.CrisisClosed)
        );

    public static StreamKind<CrisisState, ICrisisEvent> Kind { get; } =
        new(
            "crisis",
            Catalogue,
            CrisisJson.Default.CrisisState,
            CrisisState.Empty,
            CrisisState.Apply,
            Project
        );

    private static void Project(Views views, Projection<CrisisState, ICrisisEvent> p)
    {
        switch (p.Happened)
        {
            case CrisisOpened e:
                views.Write(
                    "INSERT INTO crises VALUES ($1, $2, $3, $4, $5, NULL, $6, NULL)",
                    p.Id,
                    e.Rule is { } rule ? Words.Of(rule) : null,
                    e.Batch,
                    Words.Of(p.After.Status),
                    e.Since.ToUnixTimeMilliseconds(),
                    p.At.ToUnixTimeMilliseconds()
                );
                Timers.Set(views, AnalysisTimer, p.Id, p.At + FirstLook);
                return;
            case CrisisAnalysed { Again: { } again }:
                Timers.Set(views, AnalysisTimer, p.Id, again);
                return;
            case CrisisAnalysed:
                Timers.Cancel(views, AnalysisTimer, p.Id);
                return;
            case UndoOrdered:
                Timers.Set(views, UndoTimer, p.Id, p.At);
                break;
            case UndoAdvanced e:
                Write(views, p.Id, e.Steps);
                Timers.Set(views, UndoTimer, p.Id, e.Again);
                return;
            case UndoFinished or CrisisClosed:
                Timers.Cancel(views, UndoTimer, p.Id);
                break;
        }
        views.Write(
            "UPDATE crises SET status = $2, until = $3, message = $4 WHERE id = $1",
            p.Id,
            Words.Of(p.After.Status),
            p.After.Until?.ToUnixTimeMilliseconds(),
            p.After.Message
        );
    }

    private static void Write(Views views, string crisis, IReadOnlyList<UndoStep> steps)
    {
        foreach (var step in steps)
        {
            views.Write(
                "INSERT INTO crisis_undone VALUES ($1, $2, $3, $4)",
                crisis,
                step.Terminal,
                step.LockId,
                Words.Of(step.Outcome)
            );
        }
    }
}
