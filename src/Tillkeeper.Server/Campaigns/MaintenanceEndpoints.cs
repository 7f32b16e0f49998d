using Tillkeeper.Core;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Campaigns;

/// <summary>
/// <c>POST /api/v1/terminals/{id}/maintenance</c>: a foreign terminal-management system says what it does to a terminal. Locked and shown
/// like our own updates; idempotent for each source.
/// </summary>
internal static class MaintenanceEndpoints
{
    internal sealed record MaintenanceBody(
        string? Source,
        string? State,
        string? Version,
        int? Progress,
        DateTimeOffset? ExpectedEnd
    );

    public static void MapMaintenance(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/terminals/{id}/maintenance", Take).Needs(Right.ManageCampaigns);

    private static async Task<IResult> Take(
        string id,
        MaintenanceBody body,
        Person person,
        Appender appender
    )
    {
        string? lockId = null;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (TerminalAccess.Find(work, id, person) is null)
                {
                    return Refusal.NotFound("terminal");
                }
                if (Wrong(body, work.Now) is { } wrong)
                {
                    return wrong;
                }
                if (!Words.TryParse<MaintenanceState>(body.State, out var state))
                {
                    return Refusal.Invalid(
                        "state",
                        $"Use one of: {Words.All<MaintenanceState>()}."
                    );
                }
                var command = new ReportMaintenance(
                    body.Source!.Trim(),
                    state,
                    body.Version,
                    new LockRevision(body.ExpectedEnd, body.Progress),
                    Ids.New(),
                    person.Id
                );
                var refused = work.Decide(
                    TerminalStreams.Kind,
                    id,
                    id,
                    s => TerminalDecisions.Decide(s, command, work.Now)
                ).Refusal;
                lockId = work.Load(TerminalStreams.Kind, id)
                    .Locks.Values.LastOrDefault(l => l.Source == command.Source)
                    ?.Lock.Id;
                return refused;
            }
        );
        return refusal.Or(() => Results.Json(new { lockId }, statusCode: 202));
    }

    private static Refusal? Wrong(MaintenanceBody body, DateTimeOffset now) =>
        Check.Name(body.Source, "source")
        ?? (body.Version is null ? null : Check.Name(body.Version, "version"))
        ?? (body.Progress is < 0 or > 100 ? Refusal.Invalid("progress", "Use 0 to 100.") : null)
        ?? (
            body.ExpectedEnd is { } end && end <= now
                ? Refusal.Invalid("expectedEnd", "The expected end must lie in the future.")
                : null
        );
}
