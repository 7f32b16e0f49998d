using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Environments;

/// <summary>Streams of whereabouts, one a terminal under its id and in its shard, and the timer of each open question.</summary>
internal static class WhereaboutsStreams
{
    public const string Timer = "question_due";

    public static StreamKind<Whereabouts, IWhereaboutsEvent> Kind { get; } =
        new(
            "whereabouts",
            new EventCatalogue(
                ("whereabouts.marks_seen.v1", WhereaboutsJson.Default.MarksSeen),
                ("whereabouts.marks_confirmed.v1", WhereaboutsJson.Default.MarksConfirmed),
                ("whereabouts.question_asked.v1", WhereaboutsJson.Default.QuestionAsked),
                ("whereabouts.question_answered.v1", WhereaboutsJson.Default.QuestionAnswered),
                ("whereabouts.question_unanswered.v1", WhereaboutsJson.Default.QuestionUnanswered),
                ("whereabouts.question_closed.v1", WhereaboutsJson.Default.QuestionClosed),
                ("whereabouts.move_announced.v1", WhereaboutsJson.Default.MoveAnnounced),
                ("whereabouts.move_requested.v1", WhereaboutsJson.Default.MoveRequested),
                ("whereabouts.move_agreed.v1", WhereaboutsJson.Default.MoveAgreed),
                ("whereabouts.move_withdrawn.v1", WhereaboutsJson.Default.MoveWithdrawn),
                ("whereabouts.move_arrived.v1", WhereaboutsJson.Default.MoveArrived)
            ),
            WhereaboutsJson.Default.Whereabouts,
            new Whereabouts(),
            Whereabouts.Apply,
            Project
        );

    public static string TimerKey(string terminal, RuleName rule) => $"{terminal}/{Words.Of(rule)}";

    public static void Append(
        this Work work,
        string terminal,
        params IEnumerable<IWhereaboutsEvent> events
    ) => work.Append(Kind, terminal, terminal, events);

    private static void Project(Views views, Projection<Whereabouts, IWhereaboutsEvent> p)
    {
        switch (p.Happened)
        {
            case QuestionAsked e:
                Timers.Set(views, Timer, TimerKey(p.Id, e.Rule), e.Due);
                break;
            case QuestionAnswered e:
                Timers.Cancel(views, Timer, TimerKey(p.Id, e.Rule));
                break;
            case QuestionUnanswered e:
                Timers.Cancel(views, Timer, TimerKey(p.Id, e.Rule));
                break;
            case QuestionClosed e:
                Timers.Cancel(views, Timer, TimerKey(p.Id, e.Rule));
                break;
        }
    }
}
