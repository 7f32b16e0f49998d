using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Terminals.Tampering;

/// <summary>
/// A tampered terminal on the server's side (invariant 9): its certificate is revoked as soon as it has confirmed, nobody enrols it
/// again, until two people have vouched for its repair.
/// </summary>
public static class TamperDecisions
{
    /// <summary>By how much the clock of whoever types may be ahead of ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>Why the certificate goes.</summary>
    public const string Revocation = "tamper";

    private static readonly Refusal StillTampered = Refusal.Conflict(
        "tampered",
        "The terminal was tampered with. Two people confirm its repair (tamper-repair) before it may enrol again, or it is replaced."
    );

    /// <summary>Why this terminal may not enrol, or null.</summary>
    public static Refusal? MayEnrol(TerminalState state) => state.IsTampered ? StillTampered : null;

    internal static Decision<ITerminalEvent> Repair(
        TerminalState state,
        RepairTamper command,
        DateTimeOffset now
    )
    {
        var standing = Standing(state).ToList();
        if (standing.Count == 0)
        {
            return Refusal.Conflict("not_tampered", "No tamper lock waits for a repair.");
        }
        var needed = Refusal.Conflict(
            "second_person_required",
            "The repair is recorded; a second person with the right to release must confirm inspection and key loading too."
        );
        if (state.RepairRequestedBy == command.Person)
        {
            return needed;
        }
        if (
            command.KeysLoadedAt > now + Skew
            || standing.Exists(l => l.Since <= now && command.KeysLoadedAt < l.Since)
        )
        {
            return Refusal.Invalid(
                "keysLoadedAt",
                "The keys were loaded after the tampering and before now: give that time."
            );
        }
        if (state.RepairRequestedBy is not { } first)
        {
            return new Decision<ITerminalEvent>(
                [
                    new TamperRepairRequested(
                        command.Person,
                        command.Inspection,
                        command.KeysLoadedAt,
                        command.Reason
                    ),
                ],
                needed
            );
        }
        string[] people = [first, command.Person];
        return (List<ITerminalEvent>)
            [
                new TamperRepaired(
                    people,
                    command.Inspection,
                    command.KeysLoadedAt,
                    command.Reason
                ),
                .. standing.Select(l => new ReleaseOrdered(
                    l.Id,
                    WayOut.Repair,
                    people,
                    command.Reason
                )),
            ];
    }

    /// <summary>A lock for tampering that the terminal has confirmed, or raised, takes its certificate with it.</summary>
    internal static TerminalState Revoke(
        List<ITerminalEvent> events,
        TerminalState before,
        TerminalState folded
    ) =>
        !folded.Revoked
        && Standing(folded)
            .Any(l =>
                l.Status == LockStatus.Confirmed
                && before.Locks.GetValueOrDefault(l.Id)?.Lock.Status != LockStatus.Confirmed
            )
            ? events.Add(folded, new TerminalRevoked(Revocation))
            : folded;

    /// <summary>An inspection is worth nothing against what comes after it.</summary>
    internal static TerminalState Fold(TerminalState before, TerminalState after) =>
        after.RepairRequestedBy is not null
        && Standing(after).Any(l => !before.Locks.ContainsKey(l.Id))
            ? after with
            {
                RepairRequestedBy = null,
            }
            : after;

    private static IEnumerable<Lock> Standing(TerminalState state) =>
        state.ActiveLocks.Where(l => l.Cause == Cause.Tamper && l.Status != LockStatus.Releasing);
}
