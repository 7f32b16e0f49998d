using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.People.Accounts;

/// <summary>Something that happened to a person's account. What they sign in with is never in it.</summary>
internal interface IAccountEvent;

/// <param name="Person">The human behind it when they have a key or an account already; null when it is their first.</param>
internal sealed record AccountInvited(
    string Account,
    string Name,
    Role Role,
    string Place,
    string? Person = null
) : IAccountEvent;

/// <summary>An admin has asked for everything to be set anew; what the person signed in with counts no more.</summary>
internal sealed record AccountReset(string Reason) : IAccountEvent;

/// <summary>The person has followed the invitation and set what they sign in with.</summary>
internal sealed record AccountActivated : IAccountEvent;

/// <summary>The person has changed their password themselves.</summary>
internal sealed record PasswordChanged : IAccountEvent;

/// <summary>The person has made new recovery codes; the old ones are worth nothing.</summary>
internal sealed record RecoveryCodesMade : IAccountEvent;

/// <param name="Device">What kind of device, as its browser says.</param>
/// <param name="NewDevice">True when this device has not signed in to this account before.</param>
/// <param name="Passkey">With which passkey; null with a password.</param>
internal sealed record SignedIn(
    string Device,
    bool NewDevice,
    bool ByRecoveryCode = false,
    string? Passkey = null
) : IAccountEvent;

/// <summary>The person has added a passkey to sign in with.</summary>
internal sealed record AccountPasskeyAdded(string Passkey) : IAccountEvent;

/// <summary>The person signs in with this passkey no more.</summary>
internal sealed record AccountPasskeyRemoved(string Passkey) : IAccountEvent;

/// <summary>Wrong so often that the next try has to wait.</summary>
/// <param name="Known">True when it was a device that has signed in before.</param>
internal sealed record SignInDelayed(int Tries, bool Known) : IAccountEvent;

internal sealed record AccountSuspended(string Reason) : IAccountEvent;

/// <summary>An admin has given the person another role, or another place in the tree.</summary>
internal sealed record AccountRoleChanged(Role Role, string Place, string Reason) : IAccountEvent;

/// <summary>The fold of an account.</summary>
internal sealed record AccountState(
    string Id = "",
    string Name = "",
    Role Role = Role.Merchant,
    string Place = "",
    AccountStatus Status = AccountStatus.Invited,
    string? Person = null
)
{
    /// <summary>The human behind it, whatever they sign in with.</summary>
    [JsonIgnore]
    public string Holder => Person ?? Id;

    public static AccountState Apply(AccountState state, IAccountEvent happened) =>
        happened switch
        {
            AccountInvited e => new(e.Account, e.Name, e.Role, e.Place, Person: e.Person),
            AccountActivated => state with { Status = AccountStatus.Active },
            AccountReset => state with { Status = AccountStatus.Invited },
            AccountRoleChanged e => state with { Role = e.Role, Place = e.Place },
            AccountSuspended => state with { Status = AccountStatus.Suspended },
            PasswordChanged
            or RecoveryCodesMade
            or AccountPasskeyAdded
            or AccountPasskeyRemoved
            or SignedIn
            or SignInDelayed => state,
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}

/// <summary>How far an account is.</summary>
[JsonConverter(typeof(SnakeCaseEnum<AccountStatus>))]
internal enum AccountStatus
{
    /// <summary>A link waits for the person to set what they sign in with.</summary>
    Invited,
    Active,

    /// <summary>For good; whoever comes back gets a new account.</summary>
    Suspended,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(AccountState))]
[JsonSerializable(typeof(AccountInvited))]
[JsonSerializable(typeof(AccountReset))]
[JsonSerializable(typeof(AccountActivated))]
[JsonSerializable(typeof(PasswordChanged))]
[JsonSerializable(typeof(RecoveryCodesMade))]
[JsonSerializable(typeof(AccountPasskeyAdded))]
[JsonSerializable(typeof(AccountPasskeyRemoved))]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(SignInDelayed))]
[JsonSerializable(typeof(AccountSuspended))]
[JsonSerializable(typeof(AccountRoleChanged))]
internal sealed partial class AccountJson : JsonSerializerContext;
