using Tillkeeper.Core;
using Tillkeeper.Core.Terminals.Tampering;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Terminals.Tampering;

/// <summary>
/// <c>POST /api/v1/terminals/{id}/tamper-repair</c>: two people vouch, one after the other, that a tampered terminal was inspected and got
/// new keys. Nothing is sent to it: its next enrolment leaves the lock behind.
/// </summary>
internal static class TamperRepairEndpoint
{
    internal sealed record RepairBody(
        string? Inspection,
        DateTimeOffset? KeysLoadedAt,
        string? Reason
    );

    public static void MapTamperRepair(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/terminals/{id}/tamper-repair", Repair).Needs(Right.ReleaseLocks);

    private static async Task<IResult> Repair(
        string id,
        RepairBody body,
        Person person,
        Appender appender
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (TerminalAccess.Find(work, id, person) is null)
                {
                    return Refusal.NotFound("terminal");
                }
                return work.DecideOn(
                    id,
                    new RepairTamper(
                        person.Id,
                        body.Inspection ?? "",
                        body.KeysLoadedAt ?? default,
                        body.Reason ?? ""
                    ),
                    () => Wrong(body)
                );
            }
        );
        return refusal.Or(() => Results.NoContent());
    }

    private static Refusal? Wrong(RepairBody body) =>
        Check.Text(body.Inspection, "inspection")
        ?? (
            body.KeysLoadedAt is null
                ? Refusal.Invalid(
                    "keysLoadedAt",
                    "'keysLoadedAt' is required: when the new keys were loaded."
                )
                : null
        )
        ?? Check.Text(body.Reason, "reason");
}
