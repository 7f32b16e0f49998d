using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.Core.Bindings;

/// <summary>Why what is registered of a terminal changes.</summary>
[JsonConverter(typeof(SnakeCaseEnum<BindingChangeKind>))]
public enum BindingChangeKind
{
    /// <summary>Another device takes its place.</summary>
    Replacement,

    /// <summary>The same device has another place.</summary>
    Relocation,
}

/// <summary>
/// What one acquirer has to register anew, the five fields of Yinfa [2021] No. 259: acquirer code, merchant code, credit code, settlement account,
/// address of use.
/// </summary>
/// <param name="CreditCode">As on file of the merchant; of a person only masked.</param>
/// <param name="SettlementAccount">Its last digits, never the number.</param>
/// <param name="AddressData">Where the address is kept, encrypted and erasable.</param>
public sealed record Reregistration(
    string AcquirerCode,
    string MerchantCode,
    string CreditCode,
    string SettlementAccount,
    string AddressData,
    string AddressCommitment
);

/// <summary>Something that happened on the way to other bindings of a terminal (绑定变更).</summary>
public interface IBindingChangeEvent;

/// <param name="NewTerminal">For a replacement: who takes over.</param>
/// <param name="Location">For a relocation: the new place, or <paramref name="Networks"/>.</param>
/// <param name="CaseId">For a relocation: the case with the lease.</param>
/// <param name="LockId">For a relocation: the lock that the case is about.</param>
public sealed record BindingChangeProposed(
    string Change,
    BindingChangeKind Kind,
    string Terminal,
    IReadOnlyList<Reregistration> Registrations,
    string Person,
    string Reason,
    DateTimeOffset At,
    string? NewTerminal = null,
    Location? Location = null,
    IReadOnlyList<string>? Networks = null,
    string? CaseId = null,
    string? LockId = null
) : IBindingChangeEvent;

/// <summary>The acquirer has taken the new registration.</summary>
/// <param name="Reference">Of its acknowledgement.</param>
public sealed record RegistrationAcknowledged(string Reference, string Person, DateTimeOffset At)
    : IBindingChangeEvent;

/// <summary>The first of two people agrees.</summary>
public sealed record BindingChangeApproved(string Person, string Reason) : IBindingChangeEvent;

/// <summary>The second does too: what was proposed holds from now on.</summary>
/// <param name="People">Who, in order.</param>
public sealed record BindingChangeDone(
    IReadOnlyList<string> People,
    string Reason,
    DateTimeOffset At
) : IBindingChangeEvent;

public sealed record BindingChangeWithdrawn(string Person, string Reason) : IBindingChangeEvent;
