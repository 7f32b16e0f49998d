using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Shell;

/// <summary>One page that the frame leads to.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Phrase">What it is called.</param>
/// <param name="Key">Typed after <c>g</c>, it leads there.</param>
internal sealed record Destination(string Path, string Phrase, char Key, Right Right);

/// <summary>What a person can go to: their own pages, in the order in which a day needs them.</summary>
internal static class Navigation
{
    private static readonly Destination[] Console =
    [
        new("/console", "shell.nav.home", 'h', Right.Look),
        new("/console/terminals", "fleet.title", 't', Right.Look),
        new("/console/cases", "shell.nav.cases", 'c', Right.Look),
        new("/console/alerts", "shell.nav.alerts", 'a', Right.Look),
        new("/console/crises", "crises.title", 'x', Right.SeeInvestigations),
        new("/console/campaigns", "campaigns.title", 'u', Right.Look),
        new("/console/repairs", "shell.nav.repairs", 'r', Right.Look),
        new("/console/moves-and-bindings", "shell.nav.moves", 'm', Right.Look),
        new("/console/complaints", "shell.nav.complaints", 'k', Right.Look),
        new("/console/investigations", "shell.nav.investigations", 'i', Right.SeeInvestigations),
        new("/console/policies", "policies.title", 'o', Right.Look),
        new("/console/reports", "reports.nav", 's', Right.Look),
        new("/console/audit", "audit.title", 'l', Right.VerifyAudit),
        new("/console/people", "people.title", 'p', Right.SeeKeys),
    ];

    private static readonly Destination[] Shop =
    [
        new("/shop", "shell.nav.shop", 'h', Right.OwnShop),
        new("/shop/cases", "portal.nav.cases", 'c', Right.OwnShop),
        new("/shop/records", "portal.nav.records", 'r', Right.OwnShop),
        new("/shop/passkeys", "portal.nav.passkeys", 'p', Right.OwnShop),
        new("/shop/staff", "portal.nav.staff", 't', Right.OwnShop),
        new("/shop/complaints", "portal.nav.complaints", 'm', Right.OwnShop),
        new("/shop/settings", "portal.nav.settings", 's', Right.OwnShop),
    ];

    public static IEnumerable<Destination> For(Person person) =>
        (person.Role is Role.Merchant ? Shop : Console).Where(d =>
            Rights.May(person.Role, d.Right)
        );

    /// <summary>Where a person lands who has just come in.</summary>
    public static string HomeOf(Person person) =>
        person.Role is Role.Merchant ? "/shop" : "/console";

    /// <summary>Whether this page, or one below it, is being looked at.</summary>
    public static bool IsCurrent(Destination destination, PathString path, Person person) =>
        destination.Path == HomeOf(person)
            ? path == destination.Path
            : path.StartsWithSegments(destination.Path, StringComparison.Ordinal);
}
