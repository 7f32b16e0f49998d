using System.Text.Json;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Merchants;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Notifications.Parties;

/// <summary>Finds who is told and where; a merchant's phone is the one on its file, whatever else it asks for.</summary>
internal sealed class PartyBook(PersonalData personalData)
{
    private sealed record Row(
        string Language,
        string OptOut,
        string From,
        string To,
        string Zone,
        string PersonalData
    );

    /// <summary>Null when there is no such merchant.</summary>
    public Party? Merchant(Views views, string id) =>
        views.Scalar("SELECT place FROM merchants WHERE id = $1", id) is string place
            ? Read(views, id, place, Audience.Merchant, PhoneOnFile(views, id))
            : null;

    /// <summary>The agent right above a merchant; null when the provider looks after it itself.</summary>
    public Party? AgentOf(Views views, string merchantPlace)
    {
        var steps = merchantPlace.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return steps.Length < 2 ? null : Agent(views, steps[^2]);
    }

    public Party? Agent(Views views, string id) =>
        views.Scalar("SELECT place FROM orgs WHERE id = $1", id) is string place
            ? Read(views, id, place, Audience.Agent, null)
            : null;

    public Party Helpdesk(Views views) =>
        Read(views, Party.Helpdesk, Person.Root, Audience.Helpdesk, null);

    private Party Read(Views views, string id, string place, Audience audience, string? phone)
    {
        var row = views
            .Query(
                "SELECT language, opt_out, quiet_from, quiet_to, zone, personal_data FROM notification_parties WHERE id = $1",
                r => new Row(
                    r.GetString(0),
                    r.GetString(1),
                    r.GetString(2),
                    r.GetString(3),
                    r.GetString(4),
                    r.GetString(5)
                ),
                id
            )
            .FirstOrDefault();
        var contact = row is null ? null : Contact(views, row.PersonalData);
        QuietHours.TryRead(row?.From, out var from);
        QuietHours.TryRead(row?.To, out var to);
        return new Party(
            id,
            place,
            audience,
            row?.Language ?? Party.DefaultLanguage,
            [.. (row?.OptOut ?? "").Split(' ').Select(KindOf).OfType<NotificationKind>()],
            new QuietHours(
                row is null ? Party.DefaultQuietFrom : from,
                row is null ? Party.DefaultQuietTo : to,
                ZoneOf(row?.Zone)
            ),
            phone ?? contact?.Phone,
            contact?.Email
        );
    }

    /// <summary>Null when it gave none, or its time is over.</summary>
    internal PartyContact? Contact(Views views, string id) =>
        Open(views, id) is { } data
            ? JsonSerializer.Deserialize(data, PartyJson.Default.PartyContact)
            : null;

    private string? PhoneOnFile(Views views, string merchant) =>
        views.Scalar("SELECT personal_data FROM merchants WHERE id = $1", merchant) is string id
        && Open(views, id) is { } data
            ? Dialled(
                JsonSerializer.Deserialize(data, MerchantJson.Default.MerchantPeople)!.ContactPhone
            )
            : null;

    /// <summary>As gateways want it; what is no telephone number is left to them to refuse.</summary>
    private static string? Dialled(string? phone) => PhoneNumber.Normalise(phone) ?? phone;

    private byte[]? Open(Views views, string id) =>
        id.Length > 0
        && views.Scalar("SELECT sealed FROM personal_data WHERE id = $1", id) is byte[] row
            ? personalData.Open(id, row)
            : null;

    private static NotificationKind? KindOf(string word) =>
        Words.TryParse<NotificationKind>(word, out var kind) ? kind : null;

    /// <summary>Zones are checked when they are set; a machine that has lost one uses the default.</summary>
    private static TimeZoneInfo ZoneOf(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var known)
            ? known
            : TimeZoneInfo.FindSystemTimeZoneById(Party.DefaultZone);
}
