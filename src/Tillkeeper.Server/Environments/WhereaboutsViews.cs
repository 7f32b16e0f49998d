using Tillkeeper.Core.Locks.Texts;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Rules.Environments;
using Tillkeeper.Core.Rules.Networks;
using Tillkeeper.Core.Rules.Texts;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Environments;

/// <summary>What a terminal last said of itself.</summary>
/// <param name="Source">The address that the server saw.</param>
internal sealed record HealthView(
    DateTimeOffset At,
    string? Source,
    NetworkMeasures? Network,
    EnvironmentReport Environment
);

/// <summary>A question to the merchant, in their language.</summary>
internal sealed record QuestionView(
    RuleName Rule,
    QuestionStatus Status,
    string Title,
    string Saw,
    DateTimeOffset AskedAt,
    DateTimeOffset Due,
    DateTimeOffset? AnsweredAt,
    string? Note
);

/// <param name="Status"><c>requested</c> until two people have agreed, then <c>approved</c>.</param>
internal sealed record MoveView(
    string Id,
    DateTimeOffset From,
    DateTimeOffset Until,
    Location? Location,
    IReadOnlyList<string>? Networks,
    string Status
);

/// <summary>What is known of where a terminal is and belongs.</summary>
internal sealed record WhereaboutsView(
    HealthView? Health,
    IReadOnlyList<QuestionView> Questions,
    MoveView? Move
);

internal sealed class WhereaboutsViews(LatestReports reports, States states)
{
    private static MoveView? MoveOf(Whereabouts known) =>
        known switch
        {
            { Move: { } m } => new(m.Id, m.From, m.Until, m.Location, m.Networks, "approved"),
            { Requested.Request: var r } => new(
                r.Move,
                r.From,
                r.Until,
                r.Location,
                r.Networks,
                "requested"
            ),
            _ => null,
        };

    public WhereaboutsView Of(string terminal, HttpRequest request)
    {
        var known = states.Find(WhereaboutsStreams.Kind, terminal) ?? new Whereabouts();
        var culture = LockExplainer.Choose(request.Headers.AcceptLanguage);
        return new WhereaboutsView(
            reports.Of(terminal) is { } r
                ? new HealthView(r.At, r.Source?.ToString(), r.Network, r.Environment)
                : null,
            [
                .. known.Questions.Values.Select(q =>
                {
                    var text = RuleExplainer.Warn(q.Rule, q.Evidence, culture);
                    return new QuestionView(
                        q.Rule,
                        q.Status,
                        text.Title,
                        text.Saw,
                        q.AskedAt,
                        q.Due,
                        q.AnsweredAt,
                        q.Note
                    );
                }),
            ],
            MoveOf(known)
        );
    }
}
