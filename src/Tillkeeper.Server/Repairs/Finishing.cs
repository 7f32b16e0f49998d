using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Repairs;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Repairs;

/// <summary>
/// The result of a repair and the acceptance of its return. What the second person's word sends to the terminal is decided and made
/// durable together with it.
/// </summary>
internal static class Finishing
{
    private const int MostParts = 32;

    internal sealed record PartBody(
        string? Part,
        bool WearPart = false,
        string? Serial = null,
        DateOnly? DueOn = null
    );

    internal sealed record ResultBody(
        string? Result,
        string? Work,
        bool? SealIntact,
        IReadOnlyList<PartBody>? Parts
    )
    {
        public Refusal? Check() =>
            (
                Words.TryParse<RepairResult>(Result, out _)
                    ? null
                    : Refusal.Invalid("result", $"Use one of: {Words.All<RepairResult>()}.")
            )
            ?? Http.Check.Text(Work, "work")
            ?? (
                SealIntact is null
                    ? Refusal.Invalid("sealIntact", "Say whether the seal was intact.")
                    : null
            )
            ?? CheckParts();

        public IReadOnlyList<PartReplaced> Replaced =>
            [
                .. (Parts ?? [])
                    .Take(MostParts)
                    .Select(p => new PartReplaced(
                        p?.Part?.Trim() ?? "",
                        p?.WearPart == true,
                        p?.Serial,
                        p?.DueOn
                    )),
            ];

        private Refusal? CheckParts()
        {
            if (Parts?.Count > MostParts)
            {
                return Refusal.Invalid("parts", $"At most {MostParts}.");
            }
            return Replaced
                .Select(p =>
                    Http.Check.Name(p.Part, "parts.part")
                    ?? Http.Check.Optional(p.Serial, "parts.serial")
                )
                .FirstOrDefault(wrong => wrong is not null);
        }
    }

    internal sealed record ReasonBody(string? Reason);

    public static async Task<IResult> Finish(
        string id,
        ResultBody body,
        Person person,
        Appender appender
    )
    {
        // An unknown word is refused by the check of the content.
        _ = Words.TryParse<RepairResult>(body.Result, out var result);
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                var terminal = RepairAccess.Find(work, id, person)?.Terminal ?? "";
                var command = new FinishRepair(
                    result,
                    body.Work?.Trim() ?? "",
                    body.Replaced,
                    body.SealIntact == true,
                    work.Load(TerminalStreams.Kind, terminal).Profile?.Warranty,
                    person.Id
                );
                return work.DecideRepair(id, person, command, body.Check);
            }
        );
        return refusal.Or(() => Results.NoContent());
    }

    public static async Task<IResult> Accept(
        string id,
        ReasonBody body,
        Person person,
        Appender appender
    )
    {
        var refusal = await appender.Run(person.Act, work => Accept(work, id, body, person));
        return refusal.Or(() => Results.NoContent());
    }

    public static async Task<IResult> Cancel(
        string id,
        ReasonBody body,
        Person person,
        Appender appender
    )
    {
        var command = new CancelRepair(person.Id, body.Reason?.Trim() ?? "");
        var refusal = await appender.Run(
            person.Act,
            work => work.DecideRepair(id, person, command, () => Check.Text(body.Reason, "reason"))
        );
        return refusal.Or(() => Results.NoContent());
    }

    private static Refusal? Accept(Work work, string id, ReasonBody body, Person person)
    {
        if (
            RepairAccess.Find(work, id, person) is not { } state
            || TerminalAccess.Find(work, state.Terminal, person) is not { } terminal
        )
        {
            return Refusal.NotFound("repair");
        }
        var command = new AcceptReturn(person.Id, body.Reason?.Trim() ?? "", terminal.IsTampered);
        var accepted = RepairDecisions.Decide(state, command, work.Now);
        var released = accepted.Events.OfType<RepairAccepted>().Any()
            ? Release(terminal, state, command, work.Now)
            : new Decision<ITerminalEvent>([]);
        if (accepted is { Events.IsEmpty: true, Refusal: { } impossible })
        {
            return impossible;
        }
        if (released.Refusal is { } notReleased)
        {
            return notReleased;
        }
        if (Check.Text(body.Reason, "reason") is { } wrong)
        {
            return wrong;
        }
        work.Append(RepairStreams.Kind, id, state.Terminal, accepted.Events);
        if (!released.Events.IsEmpty)
        {
            work.Append(TerminalStreams.Kind, terminal.Id, terminal.Id, released.Events);
        }
        return accepted.Refusal;
    }

    /// <summary>The lock it was opened for, if it still stands: its self-test may have ended it, and another lock is another matter.</summary>
    private static Decision<ITerminalEvent> Release(
        TerminalState terminal,
        RepairState state,
        AcceptReturn accept,
        DateTimeOffset now
    ) =>
        state.Opening?.LockId is { } lockId
        && terminal.Locks.TryGetValue(lockId, out var tracked)
        && tracked.Lock.Status != LockStatus.Releasing
            ? TerminalDecisions.Decide(
                terminal,
                new OrderRelease(
                    lockId,
                    WayOut.Repair,
                    accept.Person,
                    accept.Reason,
                    state.Opening.CaseId
                ),
                now
            )
            : new([]);
}
