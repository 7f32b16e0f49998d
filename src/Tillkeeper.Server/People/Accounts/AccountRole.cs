using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People.Sessions;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.People.Accounts;

/// <summary>
/// <c>POST /api/v1/people/{id}/role</c>: another role, or another place in the tree. Whatever is open with the old one ends at once, and
/// nobody does it to themselves.
/// </summary>
internal static class AccountRole
{
    /// <param name="Org">Where they stand from now on; none means where the admin stands.</param>
    internal sealed record NewRole(string? Role, string? Org, string? Reason);

    public static async Task<IResult> Change(
        string id,
        NewRole body,
        Person person,
        Appender appender
    )
    {
        var refusal = await appender.Run(person.Act, work => Change(work, id, body, person));
        return refusal.Or(() => Results.NoContent());
    }

    /// <summary>A role as it was typed; agents and merchants have a place of their own.</summary>
    public static Refusal? Read(string? word, string? org, out Role role)
    {
        if (!Words.TryParse(word, out role))
        {
            return Refusal.Invalid("role", $"Use one of: {Words.All<Role>()}.");
        }
        return role is Role.Agent or Role.Merchant && org is null
            ? Refusal.Invalid("org", "Name the agent or merchant that the person belongs to.")
            : null;
    }

    private static Refusal? Change(Work work, string id, NewRole body, Person person)
    {
        var account = work.Load(AccountStreams.Kind, id);
        if (account.Id.Length == 0 || !person.Sees(account.Place))
        {
            return Refusal.NotFound("person");
        }
        if (Places.Of(work.Views, body.Org, person) is not { } place)
        {
            return Refusal.NotFound("org");
        }
        if (account.Holder == person.Id)
        {
            return Refusal.Forbidden(
                "It is your own account; another administrator must change it.",
                "own_account"
            );
        }
        if (account.Status is AccountStatus.Suspended)
        {
            return Refusal.Conflict(
                "account_suspended",
                "This account is suspended for good; invite the person anew."
            );
        }
        if (
            (Read(body.Role, body.Org, out var role) ?? Check.Text(body.Reason, "reason")) is
            { } wrong
        )
        {
            return wrong;
        }
        if ((role, place) == (account.Role, account.Place))
        {
            return null;
        }
        if (AccountEndpoints.LastAdmin(work, account) is { } last)
        {
            return last;
        }
        work.Append(
            AccountStreams.Kind,
            id,
            id,
            [new AccountRoleChanged(role, place, body.Reason!.Trim())]
        );
        SessionStore.EndAll(work, id);
        Alerts.Raise(work, Changed(account, role, place));
        return null;
    }

    /// <summary>Whoever gives roles can give one to a friend: somebody else looks at each, as at each new account.</summary>
    private static NewAlert Changed(AccountState account, Role role, string place) =>
        new(
            "account_role_changed",
            $"account_role_changed/{account.Id}",
            role is Role.Admin ? Severity.High : Severity.Low,
            place,
            Facts: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["account"] = account.Id,
                ["name"] = account.Name,
                ["role"] = Words.Of(role),
                ["before"] = Words.Of(account.Role),
            }
        );
}
