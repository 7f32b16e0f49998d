using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Policies;

/// <summary>
/// Which locks the shop's owner may end without the provider. Never those of the provider, of a place, of an identity or of tampering: what
/// is worth a second look is not for one stolen phone to end. Nor <c>away</c>: it would open the till with nobody at it.
/// </summary>
public sealed record OwnReleaseRule
{
    /// <summary>The causes that a policy can name here.</summary>
    public static EnumSet<Cause> Possible { get; } = [Cause.WrongPassword, Cause.CustomerPin];

    /// <summary>Causes that an owner ends with an enrolled passkey (fingerprint, face or device PIN).</summary>
    public IReadOnlyList<Cause> Passkey
    {
        get;
        init => field = value ?? [];
    } = [Cause.WrongPassword];

    /// <summary>Causes that an owner ends with a one-time code sent to the phone number on file.</summary>
    public IReadOnlyList<Cause> PhoneCode
    {
        get;
        init => field = value ?? [];
    } = [Cause.WrongPassword];

    /// <summary>
    /// Causes that an owner ends, or resets the passcode of, in the bank's app; for terminals that are bound to a card of that person.
    /// </summary>
    public IReadOnlyList<Cause> BankApproval
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>A lock's ways out with those of its owner's that this rule offers.</summary>
    public EnumSet<WayOut> Over(Cause cause, EnumSet<WayOut> ways)
    {
        if (Passkey.Contains(cause) || PhoneCode.Contains(cause))
        {
            ways = ways.With(WayOut.Passkey);
        }
        return BankApproval.Contains(cause) ? ways.With(WayOut.BankApproval) : ways;
    }

    internal static Refusal? Check(OwnReleaseRule rule) =>
        Check("ownRelease.passkey", rule.Passkey)
        ?? Check("ownRelease.phoneCode", rule.PhoneCode)
        ?? Check("ownRelease.bankApproval", rule.BankApproval);

    private static Refusal? Check(string field, IReadOnlyList<Cause> causes) =>
        causes.All(Possible.Contains) && causes.Distinct().Count() == causes.Count
            ? null
            : Refusal.Invalid(field, $"{field} takes {Possible}, each once.");
}
