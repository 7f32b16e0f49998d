using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Core.Terminals.Tampering;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Locks;

/// <summary>A person locks one terminal, or asks for the release of one lock (C7).</summary>
internal static class LockEndpoints
{
    internal sealed record ReleaseBody(string? Reason);

    public static void MapLocks(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/terminals/{id}/locks", Create).Needs(Right.OrderLocks);
        app.MapPost("/api/v1/terminals/{id}/locks/{lockId}/release", Release)
            .Needs(Right.ReleaseLocks);
    }

    private static async Task<IResult> Create(
        string id,
        LockBody body,
        Person person,
        Appender appender,
        Presence presence
    )
    {
        var lockId = Ids.New();
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (TerminalAccess.Find(work, id, person) is not { } state)
                {
                    return Refusal.NotFound("terminal");
                }
                var (order, wrong) = body.ToOrder(lockId, work.Now);
                return wrong
                    ?? work.DecideAbout(id, order!)
                    ?? (
                        IsDeadAndTampered(order!, state, presence)
                            ? work.DecideAbout(id, new RevokeTerminal(TamperDecisions.Revocation))
                            : null
                    );
            }
        );
        return refusal.Or(() => Results.Json(new { lockId }, statusCode: 202));
    }

    /// <summary>
    /// A terminal that is there takes the lock first, and its confirmation revokes the certificate; one that is not will not confirm.
    /// </summary>
    private static bool IsDeadAndTampered(
        OrderLock order,
        TerminalState state,
        Presence presence
    ) => order.Cause == Cause.Tamper && state.IsEnrolled && !presence.Of(state.Id).Online;

    private static async Task<IResult> Release(
        string id,
        string lockId,
        ReleaseBody body,
        Person person,
        Appender appender
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (TerminalAccess.Find(work, id, person) is not { } state)
                {
                    return Refusal.NotFound("terminal");
                }
                if (!state.Locks.ContainsKey(lockId))
                {
                    return Refusal.NotFound("lock");
                }
                var command = new OrderRelease(
                    lockId,
                    WayOut.ProviderRelease,
                    person.Id,
                    body.Reason ?? ""
                );
                return work.DecideOn(id, command, () => Check.Text(body.Reason, "reason"));
            }
        );
        return refusal.Or(() => Results.Json(new { lockId }, statusCode: 202));
    }
}

/// <summary>What a person says of a lock to be put up.</summary>
internal sealed record LockBody(
    string? Cause,
    IReadOnlyList<string>? Scope,
    string? Reason,
    string? Message,
    DateTimeOffset? ExpectedEnd
)
{
    public (OrderLock? Order, Refusal? Refusal) ToOrder(
        string lockId,
        DateTimeOffset now,
        string? batch = null
    )
    {
        if (!Words.TryParse<Cause>(Cause, out var cause) || !LockOrders.ByHand.Contains(cause))
        {
            return (null, Refusal.Invalid("cause", $"Use one of: {LockOrders.ByHand}."));
        }
        EnumSet<Capability>? scope = null;
        foreach (var word in Scope ?? [])
        {
            if (!Words.TryParse<Capability>(word, out var capability))
            {
                return (
                    null,
                    Refusal.Invalid("scope", $"'{word}' is not one of: {Words.All<Capability>()}.")
                );
            }
            scope = (scope ?? []).With(capability);
        }
        if (Scope is { Count: 0 })
        {
            return (
                null,
                Refusal.Invalid(
                    "scope",
                    "Name at least one capability, or leave it out for the default."
                )
            );
        }
        if (ExpectedEnd is { } end && end <= now)
        {
            return (
                null,
                Refusal.Invalid("expectedEnd", "The expected end must lie in the future.")
            );
        }
        var wrong = Check.Text(Reason, "reason") ?? Check.Optional(Message, "message");
        return wrong is null
            ? (new OrderLock(lockId, cause, scope, Reason!, Message, ExpectedEnd, batch), null)
            : (null, wrong);
    }
}
