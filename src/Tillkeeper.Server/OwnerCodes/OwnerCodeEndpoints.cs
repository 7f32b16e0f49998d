using System.Globalization;
using System.Resources;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tillkeeper.Core;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Locks;
using Tillkeeper.Server.Merchants;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.OwnerCodes;

/// <summary>
/// An owner without a passkey ends a lock of low risk with a code sent to the phone on file, never to a number that somebody gives now.
/// </summary>
internal static class OwnerCodeEndpoints
{
    private const string At = "/api/v1/terminals/{id}/locks/{lockId}";

    private static readonly ResourceManager Texts = new(
        "Tillkeeper.Server.OwnerCodes.Texts.OwnerCodeTexts",
        typeof(OwnerCodeEndpoints).Assembly
    );

    internal sealed record ReleaseBody(string? Code);

    private sealed record Letter(string Phone, string Words, DateTimeOffset ExpiresAt);

    public static void MapOwnerCodes(this IEndpointRouteBuilder app)
    {
        app.MapPost($"{At}/owner-code", Send).Needs(Right.OwnShop);
        app.MapPost($"{At}/owner-code-release", Release).Needs(Right.OwnShop);
    }

    public static IServiceCollection AddOwnerCodes(
        this IServiceCollection services,
        ServerOptions options
    ) =>
        services.AddSingleton<ISendCode>(s => new SmsGateway(
            options.SmsGateway,
            s.GetRequiredService<ILogger<SmsGateway>>()
        ));

    private static async Task<IResult> Send(
        string id,
        string lockId,
        Person person,
        Appender appender,
        PolicyBook policies,
        PersonalData personal,
        IKeys keys,
        ISendCode sender,
        HttpContext context
    )
    {
        Letter? letter = null;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (Possible(work, id, lockId, person, policies).Refusal is { } impossible)
                {
                    return impossible;
                }
                if (!sender.IsThere || PhoneOf(work, id, personal) is not { } phone)
                {
                    return Refusal.Conflict(
                        "no_phone",
                        "No code can be sent: there is no phone number on file, or no SMS gateway."
                    );
                }
                var code = RandomNumberGenerator
                    .GetInt32(100_000_000)
                    .ToString("D8", CultureInfo.InvariantCulture);
                var stream = OwnerCodeStreams.IdOf(id, lockId);
                var sent = work.Decide(
                    OwnerCodeStreams.Kind,
                    stream,
                    id,
                    s => s.Send(Commit(keys, stream, code), work.Now)
                );
                var serial = work.Load(TerminalStreams.Kind, id).Serial;
                letter = new Letter(phone, Text(code, serial), work.Now + OwnerCodeState.Validity);
                return sent.Refusal;
            }
        );
        // Only what is durable is sent: a code that nobody remembers would be counted for nothing.
        if (
            refusal is null
            && !await sender.Send(letter!.Phone, letter.Words, context.RequestAborted)
        )
        {
            refusal = Refusal.Conflict(
                "not_sent",
                "The SMS gateway did not take the message; try again, or take another way out."
            );
        }
        return refusal.Or(() =>
            Results.Json(
                new { sentTo = PhoneNumber.Mask(letter!.Phone), letter.ExpiresAt },
                statusCode: 202
            )
        );
    }

    private static async Task<IResult> Release(
        string id,
        string lockId,
        ReleaseBody body,
        Person person,
        Appender appender,
        PolicyBook policies,
        IKeys keys
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                var ordered = Possible(work, id, lockId, person, policies);
                if (ordered.Refusal is { } impossible)
                {
                    return impossible;
                }
                var stream = OwnerCodeStreams.IdOf(id, lockId);
                var given = body.Code is { Length: <= 32 } typed
                    ? typed.Replace(" ", "", StringComparison.Ordinal)
                    : "";
                var tried = work.Decide(
                    OwnerCodeStreams.Kind,
                    stream,
                    id,
                    s => s.Try(expected => IsSame(Commit(keys, stream, given), expected), work.Now)
                );
                if (tried.Accepted)
                {
                    work.Append(TerminalStreams.Kind, id, id, ordered.Events);
                }
                return tried.Refusal;
            }
        );
        return refusal.Or(() => Results.Json(new { lockId }, statusCode: 202));
    }

    /// <summary>What the right code would order, or why there is nothing to order.</summary>
    private static Decision<ITerminalEvent> Possible(
        Work work,
        string id,
        string lockId,
        Person person,
        PolicyBook policies
    )
    {
        if (
            TerminalAccess.Find(work, id, person) is not { } terminal
            || !terminal.Locks.ContainsKey(lockId)
        )
        {
            return Refusal.NotFound("lock");
        }
        var policy = policies.Of(work.Views, terminal);
        var release = new OwnRelease(
            OwnMethod.PhoneCode,
            [lockId],
            person.Id,
            "released with a code to the phone on file"
        );
        var ordered = OwnReleases.Decide(terminal, policy, release, work.Now);
        // A number that was changed lately is the impostor's as likely as the owner's, and what the old one got may be in a thief's hands.
        return
            ordered.Accepted
            && RecentContact.Hinders(work, terminal.Profile!.MerchantId, policy.Identity)
                is { } tooNew
            ? tooNew
            : ordered;
    }

    private static string? PhoneOf(Work work, string terminal, PersonalData personal) =>
        work
            .Views.Query(
                "SELECT p.id, p.sealed FROM terminals t JOIN merchants m ON m.id = t.merchant JOIN personal_data p ON p.id = m.personal_data WHERE t.id = $1",
                r => personal.Open(r.GetString(0), r.GetFieldValue<byte[]>(1)),
                terminal
            )
            .Select(data => JsonSerializer.Deserialize(data, MerchantJson.Default.MerchantPeople))
            .Select(people => PhoneNumber.Normalise(people?.ContactPhone))
            .FirstOrDefault();

    /// <summary>Both languages in one message: nobody knows which one the owner reads.</summary>
    private static string Text(string code, string serial) =>
        string.Join(
            ' ',
            new[] { "zh-Hans", "en" }.Select(language =>
            {
                var culture = CultureInfo.GetCultureInfo(language);
                return string.Format(culture, Texts.GetString("code", culture)!, code, serial);
            })
        );

    private static string Commit(IKeys keys, string stream, string code) =>
        Convert.ToHexStringLower(keys.Commit(Encoding.UTF8.GetBytes(code), $"owner-code/{stream}"));

    private static bool IsSame(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(given),
            Encoding.ASCII.GetBytes(expected)
        );
}
