using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Merchants;
using Tillkeeper.Server.Notifications;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Watch;
using Tillkeeper.Server.WebAuthn;

namespace Tillkeeper.Server.Passkeys;

/// <summary>
/// <c>/api/v1/passkeys</c>: an owner enrols a passkey (G1). It ends nothing before somebody of the provider has called the number on file
/// back and confirmed it: a stolen key or session must not bring its own fingerprint.
/// </summary>
internal static class PasskeyEndpoints
{
    private const int MostAPerson = 10;
    private const string EnrolPurpose = "enrol";

    internal sealed record EnrolBody(string? Name, string? State, JsonElement Credential);

    internal sealed record ConfirmBody(string? Reason);

    internal sealed record PasskeyView(
        string Id,
        string Name,
        string Status,
        DateTimeOffset EnrolledAt
    );

    public static void MapPasskeys(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/passkeys/options", Options).Needs(Right.OwnShop);
        app.MapPost("/api/v1/passkeys", Enrol).Needs(Right.OwnShop);
        app.MapGet("/api/v1/passkeys", List).Needs(Right.Look);
        app.MapPost("/api/v1/passkeys/{id}/confirm", Confirm).Needs(Right.DecideCases);
        app.MapDelete("/api/v1/passkeys/{id}", Remove).Needs(Right.OpenCases);
        app.MapPasskeyRelease();
        app.MapOwnerPage();
    }

    public static IServiceCollection AddPasskeys(
        this IServiceCollection services,
        ServerOptions options
    ) => services.AddPasskeysOf<Owner, OwnerStore>(options, residentKey: null);

    private static async Task<IResult> Options(
        Person person,
        IPasskeyHandler<Owner> handler,
        IKeys keys,
        TimeProvider time,
        HttpContext context
    )
    {
        var options = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity
            {
                Id = person.Id,
                Name = person.Name,
                DisplayName = person.Name,
            },
            context
        );
        var state = Ceremony.Begin(
            keys,
            person.Id,
            EnrolPurpose,
            options.AttestationState,
            time.GetUtcNow()
        );
        return Results.Json(
            new
            {
                options = JsonSerializer.Deserialize<JsonElement>(options.CreationOptionsJson),
                state,
            }
        );
    }

    private static async Task<IResult> Enrol(
        EnrolBody body,
        Person person,
        IPasskeyHandler<Owner> handler,
        IKeys keys,
        Appender appender,
        Notifier notifier,
        TimeProvider time,
        HttpContext context
    )
    {
        if (
            Ceremony.End(keys, body.State, person.Id, EnrolPurpose, time.GetUtcNow())
            is not { } state
        )
        {
            return Problems.Of(Refusal.NotFound("enrolment"));
        }
        if (Check.Name(body.Name, "name") is { } wrong)
        {
            return Problems.Of(wrong);
        }
        var result = await handler.PerformAttestationAsync(
            new PasskeyAttestationContext
            {
                CredentialJson = body.Credential.GetRawText(),
                AttestationState = state,
                HttpContext = context,
            }
        );
        if (!result.Succeeded)
        {
            return Problems.Of(
                Refusal.Invalid("credential", "The authenticator's answer does not verify.")
            );
        }
        var id = Ids.New();
        var refusal = await appender.Run(
            person.Act,
            work => Keep(work, id, body.Name!.Trim(), result.Passkey, person, notifier)
        );
        return refusal.Or(() => Results.Json(new { id, status = "unconfirmed" }, statusCode: 201));
    }

    private static Refusal? Keep(
        Work work,
        string id,
        string name,
        UserPasskeyInfo made,
        Person person,
        Notifier notifier
    )
    {
        if (
            work.Views.Scalar("SELECT 1 FROM passkeys WHERE credential = $1", made.CredentialId)
            is not null
        )
        {
            return Refusal.Conflict("passkey_exists", "This passkey is enrolled already.");
        }
        if (
            (long)work.Views.Scalar("SELECT count(*) FROM passkeys WHERE person = $1", person.Id)!
            >= MostAPerson
        )
        {
            return Refusal.Conflict(
                "too_many_passkeys",
                $"You have {MostAPerson} passkeys; remove one that you do not use."
            );
        }
        work.Append(
            PasskeyStreams.Kind,
            id,
            id,
            [
                new PasskeyEnrolled(
                    id,
                    person.Id,
                    person.Place,
                    name,
                    PasskeyRecord.Of(made),
                    made.SignCount,
                    made.IsBackedUp
                ),
            ]
        );
        Alerts.Raise(
            work,
            new NewAlert(
                "passkey_enrolled",
                $"passkey_enrolled/{id}",
                Severity.Low,
                person.Place,
                Facts: new Dictionary<string, string>(StringComparer.Ordinal) { ["passkey"] = id }
            )
        );
        notifier.Tell(
            work,
            new Happening(NotificationKind.NewDevice, $"passkey/{id}", work.Now)
            {
                Merchant = MerchantOf(person.Place),
                Facts = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["device"] = name,
                },
            }
        );
        return null;
    }

    private static IResult List(Person person, Paging page, Database database) =>
        page.Refusal.Or(() =>
        {
            var rows = database.Read(c =>
                c.Query<(string Id, string Name, string Status, long At)>(
                    "SELECT id, name, status, enrolled_at FROM passkeys WHERE place >= @From AND place < @To AND id > @After ORDER BY id LIMIT @Most",
                    Subtree.Of(person, page)
                )
            );
            return Results.Json(
                page.Cut(
                    [
                        .. rows.Select(r => new PasskeyView(
                            r.Id,
                            r.Name,
                            r.Status,
                            DateTimeOffset.FromUnixTimeMilliseconds(r.At)
                        )),
                    ],
                    p => p.Id
                )
            );
        });

    private static async Task<IResult> Confirm(
        string id,
        ConfirmBody body,
        Person person,
        Appender appender,
        PolicyBook policies
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                var passkey = work.Load(PasskeyStreams.Kind, id);
                if (!IsThere(passkey) || !person.Sees(passkey.Place))
                {
                    return Refusal.NotFound("passkey");
                }
                if (passkey.Person == person.Id)
                {
                    return Refusal.Forbidden(
                        "It is your own passkey; another person must confirm it.",
                        "own_passkey"
                    );
                }
                if (passkey.Status == PasskeyStatus.Confirmed)
                {
                    return Refusal.Conflict("already_confirmed", "It was confirmed already.");
                }
                if (TooNew(work, passkey.Place, policies) is { } tooNew)
                {
                    return tooNew;
                }
                if (Check.Text(body.Reason, "reason") is { } wrong)
                {
                    return wrong;
                }
                work.Append(
                    PasskeyStreams.Kind,
                    id,
                    id,
                    [new PasskeyConfirmed(person.Id, body.Reason!.Trim())]
                );
                Alerts.Clear(work, $"passkey_enrolled/{id}");
                return null;
            }
        );
        return refusal.Or(() => Results.NoContent());
    }

    private static async Task<IResult> Remove(string id, Person person, Appender appender)
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                var passkey = work.Load(PasskeyStreams.Kind, id);
                if (!IsThere(passkey) || !person.Sees(passkey.Place))
                {
                    return Refusal.NotFound("passkey");
                }
                work.Append(PasskeyStreams.Kind, id, id, [new PasskeyRemoved()]);
                Alerts.Clear(work, $"passkey_enrolled/{id}");
                return null;
            }
        );
        return refusal.Or(() => Results.NoContent());
    }

    /// <summary>The call back goes to the contact on file: while that is new, it confirms nothing.</summary>
    private static Refusal? TooNew(Work work, string place, PolicyBook policies)
    {
        var chain = PolicyBook.Chain(place, model: null, store: null, terminal: null);
        var rule = policies.At(work.Views, chain).Policy.Identity;
        return RecentContact.Hinders(work, MerchantOf(place), rule);
    }

    /// <summary>An owner's place ends with the shop.</summary>
    private static string MerchantOf(string place) =>
        place.Split('/', StringSplitOptions.RemoveEmptyEntries)[^1];

    private static bool IsThere(PasskeyState passkey) =>
        passkey.Status is PasskeyStatus.Unconfirmed or PasskeyStatus.Confirmed;
}
