using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Orgs;

/// <summary>
/// The tree provider > agents > merchants, as places: <c>/</c> is the provider, <c>/AGENT/</c> an agent, <c>/AGENT/MERCHANT/</c> a
/// merchant. Whoever stands at a place sees exactly what begins with it.
/// </summary>
internal static class Places
{
    /// <summary>The place of an org or a merchant, or of the person when none is named; null when it is not theirs to see.</summary>
    public static string? Of(Views views, string? id, Person person)
    {
        if (id is null)
        {
            return person.Place;
        }
        var place =
            (string?)views.Scalar("SELECT place FROM orgs WHERE id = $1", id)
            ?? (string?)views.Scalar("SELECT place FROM merchants WHERE id = $1", id);
        return place is not null && person.Sees(place) ? place : null;
    }

    /// <summary>The same where only the provider or an agent can stand: nothing hangs below a merchant.</summary>
    public static string? OfOrg(Views views, string? id, Person person)
    {
        var place = Of(views, id, person);
        return
            place is null or Person.Root
            || views.Scalar("SELECT 1 FROM orgs WHERE id = $1", LastOf(place)) is not null
            ? place
            : null;
    }

    /// <summary>How many agents stand above what hangs here: 0 at the provider's own place.</summary>
    public static int LevelOf(string place) => place.Count(c => c == '/') - 1;

    /// <summary>The org or merchant that stands there.</summary>
    public static string LastOf(string place) =>
        place.Split('/', StringSplitOptions.RemoveEmptyEntries)[^1];

    /// <summary>The place of a merchant; null when it is not theirs to see.</summary>
    public static string? OfMerchant(Views views, string id, Person person) =>
        views.Scalar("SELECT place FROM merchants WHERE id = $1", id) is string place
        && person.Sees(place)
            ? place
            : null;

    public static string Below(string place, string id) => $"{place}{id}/";
}

/// <summary>Parameters of a query for one page of what a person may see: a range over places, which an index can serve.</summary>
internal sealed record Subtree(string From, string To, string After, int Most)
{
    public static Subtree Of(Person person, Paging page) => Of(person.Place, page);

    public static Subtree Of(string place, Paging page) =>
        new(place, place + "\uFFFF", page.After, page.Limit + 1);
}
