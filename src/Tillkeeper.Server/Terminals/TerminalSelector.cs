using Tillkeeper.Core;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Terminals;

/// <summary>Which terminals: every given part must hold. Named terminals must all be there, or none is touched.</summary>
internal sealed record TerminalSelector(
    string? MerchantId = null,
    string? Org = null,
    string? Model = null,
    string? Version = null,
    IReadOnlyList<string>? Terminals = null
)
{
    private const int MostNamed = 1000;
    private const int Most = 1_000_000;
    private const int LongestWord = 200;

    private const string Facts =
        "($3 IS NULL OR merchant = $3) AND ($4 IS NULL OR model = $4) AND ($5 IS NULL OR version = $5)";

    private const string Counted =
        $"SELECT count(*) FROM terminals WHERE place >= $1 AND place < $2 AND {Facts}";

    /// <summary>By id, not by the index over places: each chunk begins where the one before it ended.</summary>
    private const string Chunk =
        $"SELECT id FROM terminals WHERE +place >= $1 AND +place < $2 AND {Facts} AND id > $6 ORDER BY id LIMIT $7";

    private const string One =
        $"SELECT 1 FROM terminals WHERE +place >= $1 AND +place < $2 AND {Facts} AND id = $6";

    /// <summary>Where it may look, for this person; or why there is nothing to look for.</summary>
    public (string Within, Refusal? Refusal) Resolve(Views views, Person person)
    {
        if ((MerchantId ?? Org ?? Model ?? Version) is null && Terminals is null)
        {
            return (
                "",
                Refusal.Invalid("selector", "Name merchantId, org, model, version or terminals.")
            );
        }
        if (Terminals is { Count: 0 or > MostNamed })
        {
            return ("", Refusal.Invalid("selector.terminals", $"Name 1 to {MostNamed} terminals."));
        }
        if (Model is { Length: > LongestWord } || Version is { Length: > LongestWord })
        {
            return (
                "",
                Refusal.Invalid("selector", $"No word of it is longer than {LongestWord}.")
            );
        }
        var within = Org is null
            ? person.Place
            : (string?)views.Scalar("SELECT place FROM orgs WHERE id = $1", Org);
        if (within is null || !person.Sees(within))
        {
            return ("", Refusal.NotFound("org"));
        }
        if (!SeesMerchant(views, person))
        {
            return ("", Refusal.NotFound("merchant"));
        }
        var missing = Named.Any(id => !Matches(views, within, id));
        return missing ? ("", Refusal.NotFound("terminal among those named")) : (within, null);
    }

    /// <summary>The nearest place that holds everything it can find: who stands above it sees the batch.</summary>
    public string Place(Views views, string within) =>
        (
            Terminals is not null && Named is [var only]
                ? (string?)views.Scalar("SELECT place FROM terminals WHERE id = $1", only)
                : PlaceOfMerchant(views)
        ) ?? within;

    public int Count(Views views, string within) =>
        Terminals is not null
            ? Named.Count(id => Matches(views, within, id))
            : (int)(long)views.Scalar(Counted, Values(within))!;

    /// <summary>The next ones, in the order of their ids.</summary>
    public IReadOnlyList<string> Next(Views views, string within, string after, int most) =>
        Terminals is not null
            ?
            [
                .. Named
                    .Where(id => string.CompareOrdinal(id, after) > 0 && Matches(views, within, id))
                    .Take(most),
            ]
            : views.Query(Chunk, row => row.GetString(0), [.. Values(within), after, most]);

    /// <summary>All of them at once, outside a command.</summary>
    public (IReadOnlyList<string> Terminals, Refusal? Refusal) Select(
        Database database,
        Person person
    ) =>
        database.Read<(IReadOnlyList<string>, Refusal?)>(c =>
        {
            using Statements statements = new(c);
            Views views = new(statements);
            var (within, refusal) = Resolve(views, person);
            return refusal is null ? (Next(views, within, "", Most), null) : ([], refusal);
        });

    private string[] Named =>
        [.. (Terminals ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private bool Matches(Views views, string within, string id) =>
        views.Scalar(One, [.. Values(within), id]) is not null;

    private bool SeesMerchant(Views views, Person person) =>
        MerchantId is null || (PlaceOfMerchant(views) is { } shop && person.Sees(shop));

    private string? PlaceOfMerchant(Views views) =>
        MerchantId is null
            ? null
            : (string?)views.Scalar("SELECT place FROM merchants WHERE id = $1", MerchantId);

    private object?[] Values(string within) =>
        [within, within + "\uFFFF", MerchantId, Model, Version];
}
