using Microsoft.AspNetCore.Identity;

namespace Tillkeeper.Server.WebAuthn;

/// <summary>Whoever holds passkeys, as the framework's passkey handler knows them: an id, and a name for the authenticator to show.</summary>
internal interface IPasskeyHolder
{
    string Id { get; }

    string Name { get; }
}

/// <summary>
/// Shows the framework the passkeys on record. It only ever reads here: what changes is an event, written by the endpoints in one
/// transaction with what it leads to.
/// </summary>
internal abstract class ReadOnlyPasskeyStore<THolder> : IUserPasskeyStore<THolder>
    where THolder : class, IPasskeyHolder
{
    public abstract Task<THolder?> FindByIdAsync(
        string userId,
        CancellationToken cancellationToken
    );

    public abstract Task<IList<UserPasskeyInfo>> GetPasskeysAsync(
        THolder user,
        CancellationToken cancellationToken
    );

    public abstract Task<THolder?> FindByPasskeyIdAsync(
        byte[] credentialId,
        CancellationToken cancellationToken
    );

    public abstract Task<UserPasskeyInfo?> FindPasskeyAsync(
        THolder user,
        byte[] credentialId,
        CancellationToken cancellationToken
    );

    public Task<string> GetUserIdAsync(THolder user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(THolder user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Name);

    public Task<string?> GetNormalizedUserNameAsync(
        THolder user,
        CancellationToken cancellationToken
    ) => Task.FromResult<string?>(user.Name);

    public Task<THolder?> FindByNameAsync(
        string normalizedUserName,
        CancellationToken cancellationToken
    ) => Task.FromResult<THolder?>(null);

    public Task AddOrUpdatePasskeyAsync(
        THolder user,
        UserPasskeyInfo passkey,
        CancellationToken cancellationToken
    ) => throw ReadOnly();

    public Task RemovePasskeyAsync(
        THolder user,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) => throw ReadOnly();

    public Task SetUserNameAsync(
        THolder user,
        string? userName,
        CancellationToken cancellationToken
    ) => throw ReadOnly();

    public Task SetNormalizedUserNameAsync(
        THolder user,
        string? normalizedName,
        CancellationToken cancellationToken
    ) => throw ReadOnly();

    public Task<IdentityResult> CreateAsync(THolder user, CancellationToken cancellationToken) =>
        throw ReadOnly();

    public Task<IdentityResult> UpdateAsync(THolder user, CancellationToken cancellationToken) =>
        throw ReadOnly();

    public Task<IdentityResult> DeleteAsync(THolder user, CancellationToken cancellationToken) =>
        throw ReadOnly();

    public void Dispose()
    {
        // The database is the server's, not the store's.
        GC.SuppressFinalize(this);
    }

    private static NotSupportedException ReadOnly() =>
        new("Passkeys change by events, never through the store.");
}
