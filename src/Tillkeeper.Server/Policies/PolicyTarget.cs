using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Policies;

/// <summary>What a policy can be set for, from the outermost to the nearest.</summary>
internal enum PolicyTargetKind
{
    Provider,
    Org,
    Merchant,
    Store,
    Model,
    Terminal,
}

/// <summary>
/// Where a policy holds: <c>provider</c>, <c>org:ID</c>, <c>merchant:ID</c>, <c>store:MERCHANT:NAME</c> (two merchants may call a store
/// alike), <c>model:NAME</c> or <c>terminal:ID</c>.
/// </summary>
/// <param name="Subject">What stands behind the colon.</param>
internal sealed record PolicyTarget(PolicyTargetKind Kind, string Subject)
{
    public const string Provider = "provider";
    private const int Longest = 200;

    public override string ToString() =>
        Kind == PolicyTargetKind.Provider ? Provider : $"{Words.Of(Kind)}:{Subject}";

    /// <summary>Null for what is no target.</summary>
    public static PolicyTarget? Parse(string text)
    {
        if (text == Provider)
        {
            return new(PolicyTargetKind.Provider, "");
        }
        return
            text.Length <= Longest
            && text.Split(':', 2) is [var word, { Length: > 0 } subject]
            && Words.TryParse<PolicyTargetKind>(word, out var kind)
            && kind != PolicyTargetKind.Provider
            && (kind != PolicyTargetKind.Store || subject.Split(':', 2) is [_, { Length: > 0 }])
            ? new(kind, subject)
            : null;
    }

    public static string Store(string merchant, string name) => $"store:{merchant}:{name}";

    /// <summary>For a store, whose and which.</summary>
    public (string Merchant, string Name) AsStore =>
        Subject.Split(':', 2) is [var merchant, var name] ? (merchant, name) : ("", "");

    /// <summary>
    /// Its place in the tree; null when there is no such thing. What a model does concerns every merchant who has one, so a model stands at
    /// the provider's own place.
    /// </summary>
    public string? Place(Views views) =>
        Kind switch
        {
            PolicyTargetKind.Provider or PolicyTargetKind.Model => Person.Root,
            PolicyTargetKind.Org => PlaceOf(views, "orgs", Subject),
            PolicyTargetKind.Merchant => PlaceOf(views, "merchants", Subject),
            PolicyTargetKind.Store => PlaceOf(views, "merchants", AsStore.Merchant),
            PolicyTargetKind.Terminal => PlaceOf(views, "terminals", Subject),
            _ => throw new InvalidOperationException($"Nobody knows where a {Kind} stands."),
        };

    /// <summary>The same in SQL, over a row of <c>policies p</c>.</summary>
    public const string PlaceSql = """
        CASE p.kind
          WHEN 'org' THEN (SELECT place FROM orgs WHERE id = p.subject)
          WHEN 'merchant' THEN (SELECT place FROM merchants WHERE id = p.subject)
          WHEN 'store' THEN (SELECT place FROM merchants WHERE id = substr(p.subject, 1, instr(p.subject, ':') - 1))
          WHEN 'terminal' THEN (SELECT place FROM terminals WHERE id = p.subject)
          ELSE '/' END
        """;

    /// <summary>What people call it, over a row of <c>policies p</c>; empty for the provider.</summary>
    public const string NameSql = """
        CASE p.kind
          WHEN 'org' THEN (SELECT name FROM orgs WHERE id = p.subject)
          WHEN 'merchant' THEN (SELECT name FROM merchants WHERE id = p.subject)
          WHEN 'store' THEN substr(p.subject, instr(p.subject, ':') + 1)
          WHEN 'terminal' THEN (SELECT serial FROM terminals WHERE id = p.subject)
          ELSE p.subject END
        """;

    /// <summary>Which rows of <c>terminals t</c> it concerns; <c>$1</c> and <c>$2</c> are the values beside it.</summary>
    public (string Sql, string First, string Second) Concerned(Views views) =>
        Kind switch
        {
            PolicyTargetKind.Provider => ("$1 = $2", "", ""),
            PolicyTargetKind.Org => Below(Place(views) ?? "-"),
            PolicyTargetKind.Merchant => Below(Place(views) ?? "-"),
            PolicyTargetKind.Store => (
                "t.id IN (SELECT terminal FROM terminal_stores WHERE merchant = $1 AND store = $2)",
                AsStore.Merchant,
                AsStore.Name
            ),
            PolicyTargetKind.Model => ("t.model = $1 AND $2 = ''", Subject, ""),
            PolicyTargetKind.Terminal => ("t.id = $1 AND $2 = ''", Subject, ""),
            _ => throw new InvalidOperationException($"Nobody knows whom a {Kind} concerns."),
        };

    private static (string, string, string) Below(string place) =>
        ("t.place >= $1 AND t.place < $2", place, place + "\uFFFF");

    private static string? PlaceOf(Views views, string table, string id) =>
        (string?)views.Scalar($"SELECT place FROM {table} WHERE id = $1", id);
}
