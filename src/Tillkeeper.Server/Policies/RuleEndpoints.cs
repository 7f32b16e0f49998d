using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Policies;

/// <summary>
/// <c>GET /api/v1/policies/rules</c>: each rule with what it does at the caller's place and what it found there lately, so that a rule can be
/// watched in shadow before it acts (B8); and giving a rule back to the policies once its crisis is over.
/// </summary>
internal static class RuleEndpoints
{
    /// <summary>What came of the findings of one kind.</summary>
    internal sealed record CountView(int Terminals, int Findings);

    /// <param name="Shadow">What would have come of it: nobody was locked.</param>
    internal sealed record CountsView(
        CountView Shadow,
        CountView Warnings,
        CountView Questions,
        CountView Locks
    );

    internal sealed record RuleView(
        RuleName Rule,
        string Section,
        Cause Cause,
        string Code,
        RuleMode Mode,
        RuleAction Then,
        string? ForcedBy,
        CountsView LastDay,
        CountsView LastMonth
    );

    internal sealed record LiftBody(string? Reason);

    private sealed record Hit(string Rule, string Effect, int Terminals, int Findings);

    public static void MapRules(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/policies/rules", List).Needs(Right.Look);
        app.MapPost("/api/v1/policies/rules/{rule}/lift", Lift).Needs(Right.ManagePolicies);
    }

    private static IResult List(
        Person person,
        PolicyViews policies,
        PolicyBook book,
        TimeProvider time
    ) =>
        policies.Read(views =>
        {
            var now = time.GetUtcNow();
            var snapshot = book.Read(views);
            var here = book.At(views, PolicyBook.Chain(person.Place, null, null, null)).Policy;
            var (day, month) = (
                Count(views, person, now.AddDays(-1)),
                Count(views, person, now.AddDays(-30))
            );
            return Results.Json(
                new Page<RuleView>(
                    [
                        .. RuleTable.All.Select(rule =>
                        {
                            var section = rule.In(here);
                            var forced = snapshot.Forced.FirstOrDefault(f => f.Rule == rule.Name);
                            return new RuleView(
                                rule.Name,
                                rule.Section,
                                rule.Cause,
                                LockTable.Of(rule.Cause).Code,
                                section.Mode,
                                section.Then,
                                person.SeesInside ? forced.Crisis : null,
                                CountsOf(day, rule.Name),
                                CountsOf(month, rule.Name)
                            );
                        }),
                    ],
                    null
                )
            );
        });

    private static async Task<IResult> Lift(
        string rule,
        LiftBody body,
        Person person,
        Appender appender
    )
    {
        if (!person.IsProvider)
        {
            return Problems.Of(
                Refusal.Forbidden(
                    "What was stopped for everybody is the provider's to start again."
                )
            );
        }
        if (!Words.TryParse<RuleName>(rule, out var name))
        {
            return Problems.Of(Refusal.NotFound("rule"));
        }
        var refusal = await appender.Run(person.Act, work => GiveBack(work, name, body, person));
        return refusal.Or(() => Results.NoContent());
    }

    private static Refusal? GiveBack(Work work, RuleName rule, LiftBody body, Person person)
    {
        var book = work.Load(PolicyStreams.Kind, PolicyStreams.Book);
        if (!book.Forced.ContainsKey(Words.Of(rule)))
        {
            return Refusal.Conflict("not_forced", "This rule is not forced; its policies decide.");
        }
        if (Check.Text(body.Reason, "reason") is { } wrong)
        {
            return wrong;
        }
        RuleSwitch.LiftShadow(work, rule, person.Id, body.Reason!.Trim());
        return null;
    }

    private static List<Hit> Count(Views views, Person person, DateTimeOffset since) =>
        views.Query(
            "SELECT rule, effect, COUNT(DISTINCT terminal), COUNT(*) FROM rule_hits WHERE at >= $1 AND place >= $2 AND place < $3 GROUP BY 1, 2",
            r => new Hit(r.GetString(0), r.GetString(1), r.GetInt32(2), r.GetInt32(3)),
            since.ToUnixTimeMilliseconds(),
            person.Place,
            person.Place + "\uFFFF"
        );

    private static CountsView CountsOf(List<Hit> hits, RuleName rule)
    {
        return new CountsView(
            Of(FindingEffect.Shadow),
            Of(FindingEffect.Warning),
            Of(FindingEffect.Question),
            Of(FindingEffect.Lock)
        );

        CountView Of(FindingEffect effect)
        {
            var hit = hits.Find(h => h.Rule == Words.Of(rule) && h.Effect == Words.Of(effect));
            return new CountView(hit?.Terminals ?? 0, hit?.Findings ?? 0);
        }
    }
}
