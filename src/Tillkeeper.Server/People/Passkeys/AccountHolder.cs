using Microsoft.AspNetCore.Identity;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.WebAuthn;

namespace Tillkeeper.Server.People.Passkeys;

/// <summary>Whoever signs in with a passkey, as the framework and their authenticator know them.</summary>
/// <param name="Name">What the authenticator shows when there are several: the login.</param>
internal sealed record AccountHolder(string Account, string Name) : IPasskeyHolder
{
    /// <summary>An owner's passkey for the same person is another one: an authenticator keeps one for each id.</summary>
    private const string Prefix = "account/";

    public string Id => Prefix + Account;

    public static AccountHolder? OfId(string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal)
            ? new AccountHolder(id[Prefix.Length..], "")
            : null;
}

/// <summary>The passkeys that people sign in with, for the framework.</summary>
internal sealed class AccountHolderStore(Appender appender) : ReadOnlyPasskeyStore<AccountHolder>
{
    public override Task<AccountHolder?> FindByIdAsync(
        string userId,
        CancellationToken cancellationToken
    ) => Task.FromResult(AccountHolder.OfId(userId));

    public override async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(
        AccountHolder user,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await appender.Run(Act.Server, work => AccountPasskeys.Of(work.Views, user.Account))
            ).Select(passkey => passkey.Info(passkey.SignCount)),
        ];

    public override async Task<AccountHolder?> FindByPasskeyIdAsync(
        byte[] credentialId,
        CancellationToken cancellationToken
    ) =>
        await Find(credentialId) is { } known ? new AccountHolder(known.Account, known.Name) : null;

    /// <summary>
    /// With no count on it: the framework then verifies the signature and says no more, and whoever lets people in compares the counts, so that
    /// only a real copy raises an alert and never a stranger's invention.
    /// </summary>
    public override async Task<UserPasskeyInfo?> FindPasskeyAsync(
        AccountHolder user,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) =>
        await Find(credentialId) is { } known && known.Account == user.Account
            ? known.Info(signCount: 0)
            : null;

    private Task<AccountPasskey?> Find(byte[] credential) =>
        appender.Run(Act.Server, work => AccountPasskeys.Find(work.Views, credential));
}
