using Tillkeeper.Core;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Cases;

/// <summary>Who decides which case, beyond the right of the route (contract, "People's door").</summary>
internal static class CaseRights
{
    /// <summary>Password cases are the helpdesk's as well; every other lock is for risk and admin alone.</summary>
    public static bool MayDecide(Role role, Cause cause) =>
        Rights.May(role, Right.DecideCases)
        && (role is Role.Risk or Role.Admin || cause == Cause.WrongPassword);

    /// <summary>May this role decide everything that the case is about?</summary>
    public static bool MayDecide(Role role, CaseState state) =>
        state.Causes.All(cause => MayDecide(role, cause));

    /// <summary>The refusal for a role that may not, or null.</summary>
    public static Refusal? Deciding(Role role, CaseState state) =>
        MayDecide(role, state)
            ? null
            : Refusal.Forbidden(
                "Your role does not decide cases of this cause; ask somebody of risk or an admin."
            );

    /// <summary>The case, for somebody who may decide it; or why not.</summary>
    public static (CaseState? State, Refusal? Refusal) ToDecide(Work work, string id, Person person)
    {
        if (CaseAccess.Find(work, id, person) is not { } state)
        {
            return (null, Refusal.NotFound("case"));
        }
        return Deciding(person.Role, state) is { } notYours ? (null, notYours) : (state, null);
    }
}
