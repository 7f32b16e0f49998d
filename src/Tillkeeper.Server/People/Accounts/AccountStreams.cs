using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.People.Accounts;

/// <summary>Streams of accounts, and the view that shows them.</summary>
internal static class AccountStreams
{
    public static StreamKind<AccountState, IAccountEvent> Kind { get; } =
        new(
            "account",
            new EventCatalogue(
                ("account.invited.v1", AccountJson.Default.AccountInvited),
                ("account.reset.v1", AccountJson.Default.AccountReset),
                ("account.activated.v1", AccountJson.Default.AccountActivated),
                ("account.password_changed.v1", AccountJson.Default.PasswordChanged),
                ("account.recovery_codes_made.v1", AccountJson.Default.RecoveryCodesMade),
                ("account.passkey_added.v1", AccountJson.Default.AccountPasskeyAdded),
                ("account.passkey_removed.v1", AccountJson.Default.AccountPasskeyRemoved),
                ("account.signed_in.v1", AccountJson.Default.SignedIn),
                ("account.sign_in_delayed.v1", AccountJson.Default.SignInDelayed),
                ("account.suspended.v1", AccountJson.Default.AccountSuspended),
                ("account.role_changed.v1", AccountJson.Default.AccountRoleChanged)
            ),
            AccountJson.Default.AccountState,
            new AccountState(),
            AccountState.Apply,
            Project
        );

    private static void Project(Views views, Projection<AccountState, IAccountEvent> p)
    {
        if (p.Happened is AccountInvited invited)
        {
            views.Write(
                "INSERT INTO accounts VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)",
                p.Id,
                invited.Name,
                Words.Of(invited.Role),
                invited.Place,
                Words.Of(p.After.Status),
                p.After.Holder,
                p.At.ToUnixTimeMilliseconds()
            );
            return;
        }
        if (p.Happened is SignedIn)
        {
            views.Write(
                "UPDATE accounts SET signed_in_at = $2 WHERE id = $1",
                p.Id,
                p.At.ToUnixTimeMilliseconds()
            );
        }
        else if (p.Happened is AccountRoleChanged)
        {
            views.Write(
                "UPDATE accounts SET role = $2, place = $3 WHERE id = $1",
                p.Id,
                Words.Of(p.After.Role),
                p.After.Place
            );
        }
        else if (p.Before.Status != p.After.Status)
        {
            views.Write(
                "UPDATE accounts SET status = $2 WHERE id = $1",
                p.Id,
                Words.Of(p.After.Status)
            );
        }
    }
}
