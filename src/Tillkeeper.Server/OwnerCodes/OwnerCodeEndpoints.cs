using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Core;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Locks;
using Tillkeeper.Server.Merchants;
using Tillkeeper.Server.Notifications.Sending;
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

    internal sealed record ReleaseBody(string? Code);

    public static void MapOwnerCodes(this IEndpointRouteBuilder app)
    {
        app.MapPost($"{At}/owner-code", Send).Needs(Right.OwnShop);
        app.MapPost($"{At}/owner-code-release", Release).Needs(Right.OwnShop);
    }

    private static async Task<IResult> Send(
        string id,
        string lockId,
        Person person,
        Appender appender,
        PolicyBook policies,
        PersonalData personal,
        IKeys keys,
        CodeSender sender,
        HttpContext context
    )
    {
        OneTimeCode? letter = null;
        string? phone = null;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (Possible(work, id, lockId, person, policies).Refusal is { } impossible)
                {
                    return impossible;
                }
                var merchant = work.Load(TerminalStreams.Kind, id).Profile!.MerchantId;
                if (sender.Hindrance(work.Views, merchant) is { } unsendable)
                {
                    return unsendable;
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
                phone = PhoneNumber.Normalise(
                    MerchantFile.Find(work, merchant, personal)?.People.ContactPhone
                );
                letter = new OneTimeCode(
                    merchant,
                    $"lock/{lockId}",
                    code,
                    work.Now + OwnerCodeState.Validity
                );
                return sent.Refusal;
            }
        );
        // Only what is durable is sent: a code that nobody remembers would be counted for nothing.
        refusal ??= await sender.SendNow(letter!, context.RequestAborted);
        return refusal.Or(() =>
            Results.Json(
                new { sentTo = phone is null ? null : PhoneNumber.Mask(phone), letter!.ExpiresAt },
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

    private static string Commit(IKeys keys, string stream, string code) =>
        Convert.ToHexStringLower(keys.Commit(Encoding.UTF8.GetBytes(code), $"owner-code/{stream}"));

    private static bool IsSame(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(given),
            Encoding.ASCII.GetBytes(expected)
        );
}
