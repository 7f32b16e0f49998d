using Tillkeeper.Core;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Cases;

/// <summary><c>POST /api/v1/cases/{id}/locks</c>: a further lock of the terminal that the case is to settle.</summary>
internal static class CoverEndpoint
{
    public static async Task<IResult> Cover(
        string id,
        Opening.FurtherLock body,
        Person person,
        Appender appender
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (
                    CaseAccess.Find(work, id, person) is not { } state
                    || TerminalAccess.Find(work, state.Terminal, person) is not { } terminal
                )
                {
                    return Refusal.NotFound("case");
                }
                return work.Decide(
                    CaseStreams.Kind,
                    id,
                    state.Terminal,
                    s => Decide(s, terminal, body, person.Id, work.Now)
                ).Refusal;
            }
        );
        return refusal.Or(Results.NoContent);
    }

    public static Decision<ICaseEvent> Decide(
        CaseState state,
        TerminalState terminal,
        Opening.FurtherLock named,
        string person,
        DateTimeOffset now
    )
    {
        if (!terminal.Locks.TryGetValue(named.LockId ?? "", out var tracked))
        {
            return Refusal.NotFound("lock");
        }
        if (!Words.TryParse<WayOut>(named.WayOut, out var wayOut))
        {
            return Refusal.Invalid("wayOut", $"Use one of: {tracked.Lock.WaysOut}.");
        }
        var covered = new LockCovered(tracked.Lock.Id, tracked.Lock.Cause, wayOut, person);
        return CaseDecisions.Decide(state, new CoverLock(covered, tracked.Lock.WaysOut), now);
    }
}
