using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Core;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Terminals;

/// <summary>Registering terminals, one by one or by a repeatable import, and their enrolment codes.</summary>
internal static class Registration
{
    private static readonly TimeSpan CodeValidity = TimeSpan.FromHours(72);

    internal sealed record Code(string EnrolmentCode, DateTimeOffset EnrolmentCodeExpiresAt);

    public static void MapRegistration(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/terminals", Register)
            .Needs(Right.ManageTerminals)
            .ShowsOnce("enrolmentCode");
        app.MapPut("/api/v1/terminals/by-serial/{serial}", Import).Needs(Right.ManageTerminals);
        app.MapPost("/api/v1/terminals/{id}/enrolment-codes", NewCode)
            .Needs(Right.ManageTerminals)
            .ShowsOnce("enrolmentCode");
    }

    /// <summary>SHA-256 of a code as typed; the code has 80 random bits, so a plain hash is enough.</summary>
    public static string HashOf(string? code) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(Crockford.Normalise(code) ?? ""))
        );

    private static async Task<IResult> Register(ProfileBody body, Person person, Appender appender)
    {
        var id = "";
        Code? code = null;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                var badSerial = ReadSerial(body.Serial, out var serial);
                if (Forbidden(work, body, serial, person) is { } forbidden)
                {
                    return forbidden;
                }
                if (IdOf(work, serial) is not null)
                {
                    return Refusal.Conflict(
                        "serial_exists",
                        "A terminal with this serial is registered already."
                    );
                }
                if ((badSerial ?? body.Check()) is { } wrong)
                {
                    return wrong;
                }
                id = Add(work, serial, body.ToProfile());
                (code, var refused) = Issue(work, id);
                return refused;
            }
        );
        return refusal.Or(() =>
            Results.Json(
                new
                {
                    id,
                    enrolmentCode = code!.EnrolmentCode,
                    enrolmentCodeExpiresAt = code.EnrolmentCodeExpiresAt,
                },
                statusCode: 201
            )
        );
    }

    private static async Task<IResult> Import(
        string serial,
        ProfileBody body,
        Person person,
        Appender appender,
        PolicyOrders policies
    )
    {
        var (id, created) = ("", false);
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                // Routing leaves %2F as it is, and a serial may have a slash.
                var given = serial.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
                var badSerial = ReadSerial(given, out var normalised);
                if (Forbidden(work, body, normalised, person) is { } forbidden)
                {
                    return forbidden;
                }
                var known = IdOf(work, normalised);
                if (known is not null && TerminalAccess.Find(work, known, person) is null)
                {
                    return Refusal.Conflict(
                        "serial_exists",
                        "A terminal with this serial belongs to somebody else."
                    );
                }
                if ((badSerial ?? body.Check()) is { } wrong)
                {
                    return wrong;
                }
                if (known is null)
                {
                    (id, created) = (Add(work, normalised, body.ToProfile()), true);
                    return null;
                }
                id = known;
                Leave(work, id, body.MerchantId);
                work.Decide(
                    TerminalStreams.Kind,
                    id,
                    id,
                    s => TerminalDecisions.Decide(s, new ChangeTerminal(body.ToProfile()), work.Now)
                );
                // Under another roof, or as another model, it may stand under another policy.
                policies.Bring(work, id);
                return null;
            }
        );
        return refusal.Or(() => Results.Json(new { id }, statusCode: created ? 201 : 200));
    }

    /// <summary>What the merchant before owes is nothing to the one who has the terminal now.</summary>
    private static void Leave(Work work, string id, string? merchant)
    {
        if (work.Load(TerminalStreams.Kind, id).Profile?.MerchantId != merchant)
        {
            work.Decide(
                TerminalStreams.Kind,
                id,
                id,
                s => TerminalDecisions.Decide(s, new ClearRule(RuleName.Arrears), work.Now)
            );
        }
    }

    private static async Task<IResult> NewCode(string id, Person person, Appender appender)
    {
        Code? code = null;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (TerminalAccess.Find(work, id, person) is null)
                {
                    return Refusal.NotFound("terminal");
                }
                (code, var refused) = Issue(work, id);
                return refused;
            }
        );
        return refusal.Or(() => Results.Json(code, statusCode: 201));
    }

    private static Refusal? ReadSerial(string? given, out string serial) =>
        SerialNumber.TryNormalise(given, out serial, out var problem)
            ? null
            : Refusal.Invalid("serial", problem);

    /// <summary>What stands in the way whatever else is wrong: a merchant that is not theirs to see, a binding that is taken.</summary>
    private static Refusal? Forbidden(Work work, ProfileBody body, string serial, Person person)
    {
        if (
            body.MerchantId is not null
            && Places.OfMerchant(work.Views, body.MerchantId, person) is null
        )
        {
            return Refusal.NotFound("merchant");
        }
        foreach (var binding in body.Bindings ?? [])
        {
            var owner = work.Views.Scalar(
                "SELECT t.serial FROM bindings b JOIN terminals t ON t.id = b.terminal WHERE b.acquirer = $1 AND b.tid = $2",
                binding?.Acquirer,
                binding?.Tid
            );
            if (owner is string other && other != serial)
            {
                return Refusal.Conflict(
                    "binding_exists",
                    $"Terminal id {binding!.Tid} is bound to another terminal."
                );
            }
        }
        return null;
    }

    private static string? IdOf(Work work, string serial) =>
        (string?)work.Views.Scalar("SELECT id FROM terminals WHERE serial = $1", serial);

    private static string Add(Work work, string serial, TerminalProfile profile)
    {
        var id = Ids.New();
        work.Decide(
            TerminalStreams.Kind,
            id,
            id,
            s => TerminalDecisions.Decide(s, new RegisterTerminal(id, serial, profile), work.Now)
        );
        return id;
    }

    private static (Code? Code, Refusal? Refusal) Issue(Work work, string id)
    {
        var code = Crockford.Grouped(Crockford.Encode(RandomNumberGenerator.GetBytes(10), 16));
        var until = work.Now + CodeValidity;
        var decision = work.Decide(
            TerminalStreams.Kind,
            id,
            id,
            s => TerminalDecisions.Decide(s, new IssueEnrolmentCode(HashOf(code), until), work.Now)
        );
        return (decision.Accepted ? new Code(code, until) : null, decision.Refusal);
    }
}
