using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Terminals;

/// <summary>
/// <c>GET /api/v1/terminals/{id}/alternatives</c> (W4): which other terminals of the shop could take over while this one is locked. One that
/// no acquirer knows is named too, and what has to happen first: an unbound terminal must not take payments (Yinfa [2021] No. 259).
/// </summary>
internal static class Alternatives
{
    /// <summary>Terminals of one shop that are looked at, and that are offered.</summary>
    private const int MostLookedAt = 200;
    private const int MostOffered = 20;

    /// <param name="Step"><c>use</c>: it can trade now; <c>bind_first</c>: an acquirer has to know it before.</param>
    /// <param name="SameStore">True when it stands in the same store.</param>
    internal sealed record Alternative(
        string Id,
        string Serial,
        string Model,
        string? Store,
        bool SameStore,
        string Step
    );

    public static IResult List(
        string id,
        Person person,
        TerminalAccess access,
        Presence presence,
        States states,
        Database database,
        string capability = "card_payment"
    )
    {
        if (access.Find(id, person) is not { Profile: { } profile })
        {
            return Problems.Of(Refusal.NotFound("terminal"));
        }
        if (!Words.TryParse<Capability>(capability, out var asked))
        {
            return Problems.Of(
                Refusal.Invalid("capability", $"Use one of: {Words.All<Capability>()}.")
            );
        }
        var others = database.Read(c =>
            c.Query<string>(
                    "SELECT id FROM terminals WHERE merchant = @merchant AND id <> @id ORDER BY id LIMIT @MostLookedAt",
                    new
                    {
                        merchant = profile.MerchantId,
                        id,
                        MostLookedAt,
                    }
                )
                .AsList()
        );
        var free = others
            .Select(other => states.Find(TerminalStreams.Kind, other))
            .OfType<TerminalState>()
            .Where(t => t.IsEnrolled && presence.Of(t.Id).Online)
            .Where(t => Verdict.Of(t.ActiveLocks, asked).Allow)
            .Select(t => Of(t, profile))
            .OrderByDescending(a => a.SameStore)
            .ThenByDescending(a => a.Step == "use")
            .Take(MostOffered);
        return Results.Json(new Page<Alternative>([.. free], null));
    }

    private static Alternative Of(TerminalState other, TerminalProfile locked) =>
        new(
            other.Id,
            other.Serial,
            other.Profile!.Model,
            other.Profile.Store,
            other.Profile.Store == locked.Store,
            other.Profile.Bindings.Count > 0 ? "use" : "bind_first"
        );
}
