using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Repairs;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Repairs;

/// <summary>
/// <c>POST /api/v1/repairs</c> <c>{terminalId, part, fault, lockId?, caseId?, sealIntact?, diagnosis?}</c>: a fault that somebody at the shop
/// cannot help. What the terminal last said of its parts is attached, the warranty judged.
/// </summary>
internal static class Opening
{
    private const int MostAnswers = 32;
    private const int LongestAnswer = 64;

    internal sealed record OpenBody(
        string? TerminalId,
        string? Part,
        string? Fault,
        string? LockId,
        string? CaseId,
        bool? SealIntact,
        DiagnosisTaken? Diagnosis
    )
    {
        public Refusal? Check() =>
            Http.Check.Name(Part, "part")
            ?? Http.Check.Text(Fault, "fault")
            ?? (
                Diagnosis is { } taken
                && (
                    taken.Tree is not { Length: > 0 and <= LongestAnswer }
                    || taken.Answers is not { Count: <= MostAnswers }
                    || taken.Answers.Any(a => a is not { Length: <= LongestAnswer })
                )
                    ? Refusal.Invalid(
                        "diagnosis",
                        "Give the tree and the answers that were chosen, in their order."
                    )
                    : null
            );
    }

    public static async Task<IResult> Open(OpenBody body, Person person, Appender appender)
    {
        RepairOpened? opened = null;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                (opened, var refused) = Decide(work, body, person);
                return refused;
            }
        );
        return refusal.Or(() =>
            Results.Json(
                new { id = opened!.Repair, warranty = opened.Warranty },
                statusCode: StatusCodes.Status201Created
            )
        );
    }

    private static (RepairOpened?, Refusal?) Decide(Work work, OpenBody body, Person person)
    {
        if (TerminalAccess.Find(work, body.TerminalId ?? "", person) is not { } terminal)
        {
            return (null, Refusal.NotFound("terminal"));
        }
        EnumSet<WayOut>? ways = null;
        if (body.LockId is { } lockId)
        {
            if (!terminal.Locks.TryGetValue(lockId, out var tracked))
            {
                return (null, Refusal.NotFound("lock"));
            }
            ways = tracked.Lock.WaysOut;
        }
        if (body.CaseId is { } caseId && CaseAccess.Find(work, caseId, person) is null)
        {
            return (null, Refusal.NotFound("case"));
        }
        var opening = new RepairOpened(
            Ids.New(),
            terminal.Id,
            body.Part?.Trim() ?? "",
            body.Fault?.Trim() ?? "",
            WarrantyRules.Judge(
                terminal.Profile?.Warranty,
                body.SealIntact,
                DateOnly.FromDateTime(work.Now.UtcDateTime)
            ),
            person.Id,
            work.Now,
            body.LockId,
            body.CaseId,
            body.SealIntact,
            body.Diagnosis,
            terminal.SelfTest?.Parts
        );
        var decision = RepairDecisions.Decide(
            RepairState.Empty,
            new OpenRepair(opening, ways),
            work.Now
        );
        if (decision.Refusal is { } impossible)
        {
            return (null, impossible);
        }
        if (IsOpen(work, opening))
        {
            return (
                null,
                Refusal.Conflict("repair_exists", "This part of this terminal is under repair.")
            );
        }
        if (body.Check() is { } wrong)
        {
            return (null, wrong);
        }
        work.Append(RepairStreams.Kind, opening.Repair, terminal.Id, decision.Events);
        return (opening, null);
    }

    private static bool IsOpen(Work work, RepairOpened opening) =>
        work.Views.Scalar(
            "SELECT 1 FROM repairs WHERE terminal = $1 AND part = $2 AND status IN ('open', 'dispatched', 'finished')",
            opening.Terminal,
            opening.Part
        )
            is not null;
}
