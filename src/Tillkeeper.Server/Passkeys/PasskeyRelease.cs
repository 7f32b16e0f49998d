using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Locks;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.WebAuthn;

namespace Tillkeeper.Server.Passkeys;

/// <summary>
/// An owner ends one lock with a confirmed passkey: the challenge is made for that lock, and user verification is required, so holding
/// the phone is not enough.
/// </summary>
internal static class PasskeyRelease
{
    private const string At = "/api/v1/terminals/{id}/locks/{lockId}";

    internal sealed record ReleaseBody(string? State, JsonElement Credential);

    public static void MapPasskeyRelease(this IEndpointRouteBuilder app)
    {
        app.MapPost($"{At}/passkey-options", Options).Needs(Right.OwnShop);
        app.MapPost($"{At}/passkey-release", Release).Needs(Right.OwnShop);
    }

    private static async Task<IResult> Options(
        string id,
        string lockId,
        Person person,
        TerminalAccess terminals,
        PolicyBook policies,
        PolicyViews reader,
        UserManager<Owner> owners,
        IPasskeyHandler<Owner> handler,
        IKeys keys,
        TimeProvider time,
        HttpContext context
    )
    {
        if (terminals.Find(id, person) is not { } terminal || !terminal.Locks.ContainsKey(lockId))
        {
            return Problems.Of(Refusal.NotFound("lock"));
        }
        var owner = new Owner(person.Id, person.Name);
        if ((await owners.GetPasskeysAsync(owner)).Count == 0)
        {
            return Problems.Of(
                Refusal.Conflict("no_passkey", "You have no confirmed passkey; enrol one first.")
            );
        }
        var policy = reader.Read(views => policies.Of(views, terminal));
        var possible = OwnReleases.Decide(
            terminal,
            policy,
            Wanted(lockId, person),
            time.GetUtcNow()
        );
        if (possible.Refusal is { } impossible)
        {
            return Problems.Of(impossible);
        }
        var options = await handler.MakeRequestOptionsAsync(owner, context);
        var state = Ceremony.Begin(
            keys,
            person.Id,
            PurposeOf(id, lockId),
            options.AssertionState,
            time.GetUtcNow()
        );
        return Results.Json(
            new
            {
                options = JsonSerializer.Deserialize<JsonElement>(options.RequestOptionsJson),
                state,
            }
        );
    }

    private static async Task<IResult> Release(
        string id,
        string lockId,
        ReleaseBody body,
        Person person,
        TerminalAccess terminals,
        PolicyBook policies,
        IPasskeyHandler<Owner> handler,
        IKeys keys,
        Appender appender,
        TimeProvider time,
        HttpContext context
    )
    {
        if (terminals.Find(id, person) is not { } seen || !seen.Locks.ContainsKey(lockId))
        {
            return Problems.Of(Refusal.NotFound("lock"));
        }
        var purpose = PurposeOf(id, lockId);
        if (Ceremony.End(keys, body.State, person.Id, purpose, time.GetUtcNow()) is not { } state)
        {
            return Problems.Of(NotConfirmed);
        }
        var result = await handler.PerformAssertionAsync(
            new PasskeyAssertionContext
            {
                CredentialJson = body.Credential.GetRawText(),
                AssertionState = state,
                HttpContext = context,
            }
        );
        if (!result.Succeeded || result.User.Id != person.Id)
        {
            return Problems.Of(NotConfirmed);
        }
        var refusal = await appender.Run(
            person.Act,
            work => Settle(work, id, lockId, person, policies, result.Passkey)
        );
        return refusal.Or(() => Results.Json(new { lockId }, statusCode: 202));
    }

    /// <summary>What was verified outside is looked at once more inside: the passkey may be gone, or have been used meanwhile.</summary>
    private static Refusal? Settle(
        Work work,
        string id,
        string lockId,
        Person person,
        PolicyBook policies,
        UserPasskeyInfo used
    )
    {
        if (
            TerminalAccess.Find(work, id, person) is not { } terminal
            || !terminal.Locks.ContainsKey(lockId)
        )
        {
            return Refusal.NotFound("lock");
        }
        if (
            work.Views.Scalar("SELECT id FROM passkeys WHERE credential = $1", used.CredentialId)
                is not string passkeyId
            || work.Load(PasskeyStreams.Kind, passkeyId)
                is not { Status: PasskeyStatus.Confirmed } passkey
            || passkey.Person != person.Id
            || (used.SignCount != 0 && used.SignCount <= passkey.SignCount)
        )
        {
            return NotConfirmed;
        }
        var ordered = OwnReleases.Decide(
            terminal,
            policies.Of(work.Views, terminal),
            Wanted(lockId, person),
            work.Now
        );
        if (ordered.Refusal is { } impossible)
        {
            return impossible;
        }
        work.Append(TerminalStreams.Kind, id, id, ordered.Events);
        work.Append(
            PasskeyStreams.Kind,
            passkeyId,
            passkeyId,
            [new PasskeyUsed(used.SignCount, used.IsBackedUp, id, lockId)]
        );
        return null;
    }

    private static string PurposeOf(string terminal, string lockId) =>
        $"release/{terminal}/{lockId}";

    private static OwnRelease Wanted(string lockId, Person person) =>
        new(OwnMethod.Passkey, [lockId], person.Id, "released by the owner's passkey");

    private static Refusal NotConfirmed { get; } =
        Refusal.Conflict(
            "not_confirmed",
            "The passkey's answer does not confirm this release, or came too late; begin again."
        );
}
