using Tillkeeper.Core;
using Tillkeeper.Core.Policies;
using Tillkeeper.PolicyFiles;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Policies;

/// <summary>
/// What a document would do at a target before it is set there: in which combinations with other settings it would meet terminals, and how
/// many of them each concerns.
/// </summary>
internal sealed class PolicyReach(PolicyBook book)
{
    /// <summary>Combinations that are worked out for one question; a tree with more of them has been given a policy at every leaf.</summary>
    private const int MostGroups = 50_000;

    private sealed record Group(
        string Place,
        string Model,
        string? Store,
        string? Own,
        int Terminals
    );

    /// <param name="Changes">What changes at the target itself, terminals of nearer settings aside.</param>
    /// <param name="Terminals">For how many terminals really something changes.</param>
    /// <param name="Conflict">The first combination with other settings that no terminal could take, or null.</param>
    /// <param name="Stamp">The state of the book that this is about.</param>
    internal sealed record Outcome(
        IReadOnlyList<PolicyChange> Changes,
        int Terminals,
        Refusal? Conflict,
        string Stamp
    );

    /// <summary>True while nothing was set or taken away since.</summary>
    public bool StillHolds(Views views, Outcome outcome) => book.Read(views).Stamp == outcome.Stamp;

    /// <summary>How things would be with this document; null takes away what is set there.</summary>
    public Outcome Judge(Views views, PolicyTarget target, PolicyDocument? document)
    {
        var snapshot = book.Read(views);
        Dictionary<string, PolicyInForce> worked = new(StringComparer.Ordinal);
        Refusal? conflict = null;
        var here = ChainOf(views, target);
        var changes = PolicyValues.Changes(snapshot.At(here).Policy, After(here).Policy);
        var terminals = 0;
        foreach (var group in Groups(views, target))
        {
            var chain = ChainOf(group);
            if (After(chain).Essence != snapshot.At(chain).Essence)
            {
                terminals += group.Terminals;
            }
        }
        return new Outcome(changes, terminals, conflict, snapshot.Stamp);

        // Most terminals meet the same few settings: each combination is worked out once.
        PolicyInForce After(IReadOnlyList<string> chain)
        {
            var layers = With(snapshot, chain, target, document);
            var key = string.Join('\n', layers.Select(l => l.Target));
            if (!worked.TryGetValue(key, out var after))
            {
                after = snapshot.WorkOut(layers);
                worked.Add(key, after);
                conflict ??= ConflictOf(layers, target, after);
            }
            return after;
        }
    }

    private static Refusal? ConflictOf(
        List<PolicyLayer> layers,
        PolicyTarget target,
        PolicyInForce after
    )
    {
        if (PolicyLimits.Check(after.Policy) is not { } wrong)
        {
            return null;
        }
        var others = layers.Select(l => l.Target).Where(t => t != target.ToString());
        return Refusal.Invalid(
            wrong.Field ?? "document",
            $"Together with {string.Join(", ", others)}: {wrong.Detail}"
        );
    }

    /// <summary>The targets that meet at a target itself: itself the last of them.</summary>
    public static IReadOnlyList<string> ChainOf(Views views, PolicyTarget target) =>
        target.Kind switch
        {
            PolicyTargetKind.Provider => [PolicyTarget.Provider],
            PolicyTargetKind.Model => [PolicyTarget.Provider, target.ToString()],
            PolicyTargetKind.Terminal => OfTerminal(views, target),
            PolicyTargetKind.Store => PolicyBook.Chain(
                target.Place(views) ?? "/",
                null,
                target.AsStore.Name,
                null
            ),
            _ => PolicyBook.Chain(target.Place(views) ?? "/", null, null, null),
        };

    private static IReadOnlyList<string> OfTerminal(Views views, PolicyTarget target) =>
        Read(views, "t.id = $1 AND $2 = ''", target.Subject, "", target)
            .Select(ChainOf)
            .FirstOrDefault()
        ?? [PolicyTarget.Provider, target.ToString()];

    private static IReadOnlyList<string> ChainOf(Group g) =>
        PolicyBook.Chain(g.Place, g.Model, g.Store, g.Own);

    /// <summary>Terminals by what decides which settings meet at them.</summary>
    private static List<Group> Groups(Views views, PolicyTarget target)
    {
        var (concerned, first, second) = target.Concerned(views);
        return Read(views, concerned, first, second, target);
    }

    private static List<Group> Read(
        Views views,
        string concerned,
        string first,
        string second,
        PolicyTarget target
    ) =>
        views.Query(
            $"""
            SELECT t.place, t.model, s.store, CASE WHEN p.target IS NOT NULL OR 'terminal:' || t.id = $3 THEN t.id END, COUNT(*)
            FROM terminals t
            LEFT JOIN terminal_stores s ON s.terminal = t.id
            LEFT JOIN policies p ON p.target = 'terminal:' || t.id
            WHERE {concerned} GROUP BY 1, 2, 3, 4 LIMIT {MostGroups}
            """,
            r => new Group(
                r.GetString(0),
                r.GetString(1),
                r.IsDBNull(2) ? null : r.GetString(2),
                r.IsDBNull(3) ? null : r.GetString(3),
                r.GetInt32(4)
            ),
            first,
            second,
            target.ToString()
        );

    private static List<PolicyLayer> With(
        PolicySnapshot snapshot,
        IReadOnlyList<string> chain,
        PolicyTarget target,
        PolicyDocument? document
    )
    {
        var name = target.ToString();
        List<PolicyLayer> layers = [];
        foreach (var step in chain)
        {
            if (step != name)
            {
                layers.AddRange(snapshot.Layers([step]));
            }
            else if (document is not null)
            {
                layers.Add(new PolicyLayer(name, document));
            }
        }
        return layers;
    }
}
