using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Core.Terminals.Tampering;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Locks.Batches;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Locks;

/// <summary>A person locks one terminal, now or later, or asks for the release of one lock (C7).</summary>
internal static class LockEndpoints
{
    internal sealed record ReleaseBody(string? Reason);

    public static IServiceCollection AddLocks(this IServiceCollection services) =>
        services
            .AddSingleton<LockViews>()
            .AddSingleton<LockQuota>()
            .AddSingleton<BatchOrders>()
            .AddSingleton<LockBatches>()
            .AddSingleton<BatchViews>()
            .AddSingleton<BatchRunner>()
            .AddHostedService(s => s.GetRequiredService<BatchRunner>())
            .AddSingleton<ITimerHandler, BatchTimer>();

    public static void MapLocks(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/terminals/{id}/locks", Create).Needs(Right.OrderLocks);
        app.MapPost("/api/v1/terminals/{id}/locks/{lockId}/release", Release)
            .Needs(Right.ReleaseLocks);
        app.MapBatches();
    }

    private static async Task<IResult> Create(
        string id,
        LockBody body,
        Person person,
        Appender appender,
        LockQuota quota,
        LockBatches batches,
        Presence presence
    )
    {
        var lockId = Ids.New();
        AskedBatch? asked = null;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (TerminalAccess.Find(work, id, person) is not { } terminal)
                {
                    return Refusal.NotFound("terminal");
                }
                var (wanted, wrong) = body.Checked(work.Now);
                if (wanted is null)
                {
                    return wrong;
                }
                var order = new OrderLock(
                    lockId,
                    wanted.Cause,
                    wanted.Scope,
                    wanted.Reason,
                    wanted.Message,
                    wanted.ExpectedEnd,
                    People: [person.Id]
                );
                var decision = TerminalDecisions.Decide(terminal, order, work.Now);
                if (decision.Refusal is { } impossible)
                {
                    return impossible;
                }
                var alone = body is { At: null, SecondPerson: false };
                if (alone && quota.TryCharge(work, person.Id, 1, work.Now))
                {
                    work.Append(TerminalStreams.Kind, id, id, decision.Events);
                    return IsDeadAndTampered(order, terminal, presence)
                        ? work.DecideAbout(id, new RevokeTerminal(TamperDecisions.Revocation))
                        : null;
                }
                var selector = new TerminalSelector(Terminals: [id]);
                (asked, wrong) = batches.Ask(
                    work,
                    person,
                    selector,
                    person.Place,
                    wanted,
                    body.At,
                    askSecond: alone || body.SecondPerson
                );
                return wrong;
            }
        );
        return refusal.Or(() =>
            asked is null
                ? Results.Json(new { lockId }, statusCode: 202)
                : BatchEndpoints.Answer(asked, body.At, body.SecondPerson)
        );
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
