using System.Text.Json.Nodes;
using Tillkeeper.Core;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Terminals;
using Tillkeeper.PolicyFiles;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Policies;

/// <summary><c>GET /api/v1/terminals/{id}/policy</c>: what holds for a terminal, who set it, and whether the terminal has taken it.</summary>
internal static class TerminalPolicyEndpoint
{
    /// <param name="From">The target that set it, or the preset that it is from.</param>
    internal sealed record ValueView(string Key, JsonNode? Value, string From);

    /// <param name="Version">The revision that was ordered.</param>
    /// <param name="Status">What the terminal made of it: pending, confirmed or refused.</param>
    internal sealed record OrderedView(long Number, long Version, DateTimeOffset At, string Status);

    /// <param name="Status">
    /// <c>confirmed</c>: the terminal applies exactly what stands here. <c>pending</c>: it is ordered and not confirmed. <c>awaited</c>: it is not
    /// even ordered yet. <c>refused</c>: the terminal did not take it. <c>not_enrolled</c>: nobody to order it to.
    /// </param>
    /// <param name="Forced">Rules that only record, whatever is set, because of a crisis.</param>
    internal sealed record PolicyView(
        string Terminal,
        string Status,
        string Preset,
        OrderedView? Ordered,
        IReadOnlyList<ForcedView> Forced,
        IReadOnlyList<ValueView> Values
    );

    internal sealed record ForcedView(RuleName Rule, string Crisis);

    public static void MapTerminalPolicy(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/terminals/{id}/policy", Show).Needs(Right.Look);

    private static IResult Show(
        string id,
        Person person,
        TerminalAccess access,
        PolicyViews policies,
        PolicyBook book
    ) =>
        access.Find(id, person) is { } state
            ? policies.Read(views => Results.Json(View(views, state, book, person)))
            : Problems.Of(Refusal.NotFound("terminal"));

    private static PolicyView View(Views views, TerminalState state, PolicyBook book, Person person)
    {
        var snapshot = book.Read(views);
        var inForce = book.For(views, state);
        var ordered = OrderedOf(views, state.Id);
        var preset = $"preset:{inForce.Effective.Preset}";
        return new PolicyView(
            state.Id,
            StatusOf(views, state, inForce, ordered),
            inForce.Effective.Preset,
            ordered,
            [.. snapshot.Forced.Select(f => new ForcedView(f.Rule, f.Crisis))],
            [
                .. PolicyValues
                    .Of(inForce.Policy)
                    .Select(v => new ValueView(
                        v.Key,
                        v.Value,
                        SourceOf(views, inForce, snapshot, v.Key, person) ?? preset
                    )),
            ]
        );
    }

    private static string StatusOf(
        Views views,
        TerminalState state,
        PolicyInForce inForce,
        OrderedView? ordered
    )
    {
        if (!state.IsEnrolled)
        {
            return "not_enrolled";
        }
        return inForce.Essence == PolicyOrders.EssenceOrdered(views, state.Id)
            // Every terminal begins with the defaults.
            ? ordered?.Status ?? "confirmed"
            : "awaited";
    }

    /// <summary>Who set a value. What stands above a person in the tree is the provider's to them.</summary>
    private static string? SourceOf(
        Views views,
        PolicyInForce inForce,
        PolicySnapshot snapshot,
        string key,
        Person person
    )
    {
        var forced = snapshot.Forced.FirstOrDefault(f =>
            key == $"{RuleTable.Of(f.Rule).Section}.mode"
            && RuleTable.Of(f.Rule).In(inForce.Effective.Policy).Mode == RuleMode.On
        );
        if (forced.Crisis is { } crisis)
        {
            return person.SeesInside ? $"crisis:{crisis}" : PolicyTarget.Provider;
        }
        if (
            !inForce.Effective.Sources.TryGetValue(key, out var target)
            || PolicyTarget.Parse(target) is not { } known
        )
        {
            return null;
        }
        return person.Sees(known.Place(views) ?? Person.Root) ? target : PolicyTarget.Provider;
    }

    private static OrderedView? OrderedOf(Views views, string terminal) =>
        views
            .Query(
                "SELECT number, version, ordered_at, status FROM terminal_policies WHERE terminal = $1",
                r => new OrderedView(
                    r.GetInt64(0),
                    r.GetInt64(1),
                    PolicyViews.Time(r.GetInt64(2)),
                    r.GetString(3)
                ),
                terminal
            )
            .FirstOrDefault();
}
