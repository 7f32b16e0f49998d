using System.Security.Cryptography;
using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Banks;

/// <summary><c>/api/v1/banks</c> and <c>/api/v1/terminals/{id}/bank-card</c>: whose app may speak for which terminal (W2).</summary>
internal static class BankEndpoints
{
    private const int Most = 50;
    private const int LongestUrl = 500;
    private const int LongestKid = 64;
    private const int LongestKey = 1000;

    /// <param name="PublicKey">P-256, SubjectPublicKeyInfo, PEM.</param>
    internal sealed record RegisterBody(string? Name, string? Url, string? Kid, string? PublicKey);

    internal sealed record BindBody(string? Bank, string? Reference);

    public static void MapBanks(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/banks", Register).Needs(Right.ManageBanks);
        app.MapGet("/api/v1/banks", List).Needs(Right.ManageBanks);
        app.MapDelete("/api/v1/banks/{id}", Remove).Needs(Right.ManageBanks);
        app.MapPut("/api/v1/terminals/{id}/bank-card", Bind).Needs(Right.ManageTerminals);
        app.MapDelete("/api/v1/terminals/{id}/bank-card", Unbind).Needs(Right.ManageTerminals);
        app.MapBankRequests();
        app.MapBankDoor();
    }

    public static IServiceCollection AddBanks(this IServiceCollection services) =>
        services
            .AddSingleton<BankRegister>()
            .AddSingleton<BankSigner>()
            .AddSingleton<Asking>()
            .AddSingleton<IBankApprovals, HttpBank>();

    private static async Task<IResult> Register(
        RegisterBody body,
        Person person,
        Appender appender,
        BankSigner signer
    )
    {
        var id = Ids.New();
        var wrong = Checked(body, out var key);
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (!person.IsProvider)
                {
                    return OnlyProvider;
                }
                if ((long)work.Views.Scalar("SELECT count(*) FROM banks")! >= Most)
                {
                    return Refusal.Conflict("too_many_banks", $"There are {Most} banks already.");
                }
                if (wrong is not null)
                {
                    return wrong;
                }
                work.Append(
                    BankStreams.Kind,
                    id,
                    id,
                    [new BankRegistered(id, body.Name!.Trim(), body.Url!, body.Kid!, key)]
                );
                Alerts.Raise(
                    work,
                    new NewAlert(
                        "bank_registered",
                        $"bank_registered/{id}",
                        Severity.High,
                        Person.Root,
                        Facts: new Dictionary<string, string>(StringComparer.Ordinal)
                        {
                            ["bank"] = id,
                            ["name"] = body.Name.Trim(),
                        }
                    )
                );
                return null;
            }
        );
        return refusal.Or(() =>
            Results.Json(
                new
                {
                    id,
                    requestKid = BankSigner.Kid,
                    requestKey = PemEncoding.WriteString("PUBLIC KEY", signer.PublicKey),
                },
                statusCode: 201
            )
        );
    }

    private static Refusal? Checked(RegisterBody body, out string key)
    {
        key = "";
        if (Check.Name(body.Name, "name") is { } noName)
        {
            return noName;
        }
        if (
            body.Url is not { Length: > 0 and <= LongestUrl }
            || !Uri.TryCreate(body.Url, UriKind.Absolute, out var url)
            || (
                url.Scheme != Uri.UriSchemeHttps
                && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)
            )
            || url.UserInfo.Length > 0
        )
        {
            return Refusal.Invalid("url", "Give an https address; http only on this machine.");
        }
        if (body.Kid is not { Length: > 0 and <= LongestKid })
        {
            return Refusal.Invalid("kid", $"Use 1 to {LongestKid} characters.");
        }
        try
        {
            using var bank = ECDsa.Create();
            bank.ImportFromPem(body.PublicKey is { Length: <= LongestKey } pem ? pem : "");
            key = Convert.ToBase64String(bank.ExportSubjectPublicKeyInfo());
            return bank.KeySize == 256 ? null : Refusal.Invalid("publicKey", "Use a P-256 key.");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return Refusal.Invalid(
                "publicKey",
                "Give the public half of a P-256 key in PEM (BEGIN PUBLIC KEY)."
            );
        }
    }

    private static IResult List(Person person, BankRegister banks) =>
        person.IsProvider
            ? Results.Json(
                new
                {
                    items = banks
                        .All()
                        .Select(b => new
                        {
                            b.Id,
                            b.Name,
                            b.Url,
                            b.Kid,
                        }),
                }
            )
            : Problems.Of(OnlyProvider);

    private static async Task<IResult> Remove(string id, Person person, Appender appender)
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (!person.IsProvider)
                {
                    return OnlyProvider;
                }
                if (work.Load(BankStreams.Kind, id) is { Id.Length: > 0, Removed: false })
                {
                    work.Append(BankStreams.Kind, id, id, [new BankRemoved()]);
                }
                return null;
            }
        );
        return refusal.Or(() => Results.NoContent());
    }

    private static async Task<IResult> Bind(
        string id,
        BindBody body,
        Person person,
        Appender appender
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (TerminalAccess.Find(work, id, person) is not { Profile: { } profile })
                {
                    return Refusal.NotFound("terminal");
                }
                if (!BankRegister.Exists(work.Views, body.Bank ?? ""))
                {
                    return Refusal.Invalid("bank", "Name a registered bank.");
                }
                // A card number has no business here, whatever a bank calls its reference.
                if (Check.Name(body.Reference, "reference") is { } wrong)
                {
                    return wrong;
                }
                var bound = work.Load(BankStreams.Cards, id);
                if (bound == new BankCardState(body.Bank!, body.Reference!, profile.MerchantId))
                {
                    return null;
                }
                work.Append(
                    BankStreams.Cards,
                    id,
                    id,
                    [new CardBound(id, profile.MerchantId, body.Bank!, body.Reference!)]
                );
                Alerts.Raise(work, Bound(work, id));
                return null;
            }
        );
        return refusal.Or(() => Results.NoContent());
    }

    /// <summary>Whoever can bind a card can bind their own: somebody else looks at each.</summary>
    private static NewAlert Bound(Work work, string terminal) =>
        new(
            "bank_card_bound",
            $"bank_card_bound/{terminal}",
            Severity.Medium,
            (string?)work.Views.Scalar("SELECT place FROM terminals WHERE id = $1", terminal)
                ?? Person.Root,
            terminal,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["terminal"] = terminal }
        );

    private static async Task<IResult> Unbind(string id, Person person, Appender appender)
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (TerminalAccess.Find(work, id, person) is null)
                {
                    return Refusal.NotFound("terminal");
                }
                if (work.Load(BankStreams.Cards, id).Bank.Length > 0)
                {
                    work.Append(BankStreams.Cards, id, id, [new CardUnbound()]);
                }
                return null;
            }
        );
        return refusal.Or(() => Results.NoContent());
    }

    private static Refusal OnlyProvider { get; } =
        Refusal.Forbidden("Banks concern every shop; only somebody at the root manages them.");
}
