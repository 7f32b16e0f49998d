using Tillkeeper.Core;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Notifications.Channels;
using Tillkeeper.Server.Notifications.Templates;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Notifications.Parties;

/// <summary>How a merchant, an agent and the helpdesk want to be told: language, addresses, quiet hours, what they do without.</summary>
internal static class PartyEndpoints
{
    private const string OfMerchant = "/api/v1/merchants/{id}/notifications";
    private const string OfOrg = "/api/v1/orgs/{id}/notifications";
    private const string OfHelpdesk = "/api/v1/notifications/helpdesk";

    /// <param name="From">Local time such as <c>22:00</c>; the same as <paramref name="To"/>: never quiet.</param>
    internal sealed record Quiet(string? From, string? To);

    /// <param name="Phone">Of an agent or the helpdesk; a merchant's is the one on its file.</param>
    /// <param name="KeepEmail">The address stays as it is: whoever changes something else has only seen it masked.</param>
    internal sealed record SetBody(
        string? Language,
        string? Email,
        string? Phone,
        string? Zone,
        Quiet? QuietHours,
        IReadOnlyList<string>? OptOut,
        bool KeepEmail = false
    );

    /// <param name="Email">Masked.</param>
    /// <param name="Phone">Masked.</param>
    internal sealed record PartyView(
        string Language,
        string? Email,
        string? Phone,
        string Zone,
        Quiet QuietHours,
        IReadOnlyList<string> OptOut
    );

    public static void MapParties(this IEndpointRouteBuilder app)
    {
        app.MapGet(OfMerchant, ShowMerchant).Needs(Right.SetNotifications);
        app.MapPut(OfMerchant, SetMerchant).Needs(Right.SetNotifications);
        app.MapGet(OfOrg, ShowOrg).Needs(Right.SetNotifications);
        app.MapPut(OfOrg, SetOrg).Needs(Right.SetNotifications);
        app.MapGet(OfHelpdesk, ShowHelpdesk).Needs(Right.SetNotifications);
        app.MapPut(OfHelpdesk, SetHelpdesk).Needs(Right.SetNotifications);
    }

    private static Task<IResult> ShowMerchant(
        string id,
        Person person,
        Appender a,
        PartyBook book
    ) => Show(a, person, v => book.Merchant(v, id), "merchant");

    private static Task<IResult> ShowOrg(string id, Person person, Appender a, PartyBook book) =>
        Show(a, person, v => book.Agent(v, id), "org");

    private static Task<IResult> ShowHelpdesk(Person person, Appender a, PartyBook book) =>
        person.IsProvider ? Show(a, person, book.Helpdesk, "helpdesk") : Foreign();

    private static Task<IResult> SetMerchant(
        string id,
        SetBody body,
        Person person,
        PartySetter set
    ) => set.Set(person, (book, v) => book.Merchant(v, id), "merchant", body);

    private static Task<IResult> SetOrg(string id, SetBody body, Person person, PartySetter set) =>
        set.Set(person, (book, v) => book.Agent(v, id), "org", body);

    private static Task<IResult> SetHelpdesk(SetBody body, Person person, PartySetter set) =>
        person.IsProvider
            ? set.Set(person, (book, v) => book.Helpdesk(v), "helpdesk", body)
            : Foreign();

    private static Task<IResult> Foreign() =>
        Task.FromResult(Problems.Of(ChannelEndpoints.NotProvider));

    private static async Task<IResult> Show(
        Appender appender,
        Person person,
        Func<Views, Party?> find,
        string what
    )
    {
        var party = await appender.Run(person.Act, work => find(work.Views));
        return party is not null && person.Sees(party.Place)
            ? Results.Json(
                new PartyView(
                    party.Language,
                    MailAddresses.Mask(party.Email),
                    MaskedPhone(party.Phone),
                    party.Quiet.Zone.Id,
                    new Quiet(QuietHours.Write(party.Quiet.From), QuietHours.Write(party.Quiet.To)),
                    [.. party.OptOut.Select(Words.Of)]
                )
            )
            : Problems.Of(Refusal.NotFound(what));
    }

    private static string? MaskedPhone(string? phone) =>
        phone is { Length: > 4 } ? $"***{phone[^4..]}" : null;

    /// <summary>What a party asks for, or what is wrong with it. Left out means the default.</summary>
    internal static Refusal? Checked(SetBody body, Party party, string id, out PartySet set)
    {
        set = null!;
        var language = body.Language ?? Party.DefaultLanguage;
        if (!TemplateBook.Languages.Contains(language))
        {
            return Refusal.Invalid(
                "language",
                $"Use one of: {string.Join(", ", TemplateBook.Languages)}."
            );
        }
        if (body.Email is not null && !MailAddresses.IsOne(body.Email))
        {
            return Refusal.Invalid("email", "Give one address such as shop@example.com.");
        }
        if (body.Phone is not null && party.Audience == Audience.Merchant)
        {
            return Refusal.Invalid("phone", "A merchant's number is the one on its file.");
        }
        if (body.Phone is not null && Check.Name(body.Phone, "phone") is { } wrong)
        {
            return wrong;
        }
        var zone = body.Zone ?? Party.DefaultZone;
        if (zone.Length > 60 || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            return Refusal.Invalid("zone", "Give a zone such as Asia/Shanghai.");
        }
        var (from, to) = (Party.DefaultQuietFrom, Party.DefaultQuietTo);
        if (
            body.QuietHours is { } quiet
            && !(QuietHours.TryRead(quiet.From, out from) && QuietHours.TryRead(quiet.To, out to))
        )
        {
            return Refusal.Invalid("quietHours", "Give from and to such as 22:00 and 07:00.");
        }
        if (OptOutOf(body.OptOut, out var optOut) is { } refused)
        {
            return refused;
        }
        set = new PartySet(id, party.Place, language, optOut, from, to, zone);
        return null;
    }

    private static Refusal? OptOutOf(IReadOnlyList<string>? words, out List<NotificationKind> kinds)
    {
        kinds = [];
        foreach (var word in words ?? [])
        {
            if (!Words.TryParse<NotificationKind>(word, out var kind))
            {
                return Refusal.Invalid("optOut", $"Use any of: {string.Join(", ", Optional())}.");
            }
            if (NotificationKinds.Of(kind).Owed)
            {
                return Refusal.Invalid(
                    "optOut",
                    $"'{word}' is owed for safety: it is always sent. Leave out any of: {string.Join(", ", Optional())}."
                );
            }
            if (!kinds.Contains(kind))
            {
                kinds.Add(kind);
            }
        }
        return null;
    }

    private static IEnumerable<string> Optional() =>
        NotificationKinds.All.Where(kind => !kind.Owed).Select(kind => Words.Of(kind.Kind));
}
