using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Locks;

/// <summary>What a terminal can do, and a lock can forbid (能力).</summary>
[JsonConverter(typeof(SnakeCaseEnum<Capability>))]
public enum Capability
{
    SignIn,
    PinEntry,
    CardPayment,
    QrPayment,
    Refund,
    BatchClose,
    Admin,
    ManualLedger,
}

/// <summary>Why a terminal, or one operator at it, is locked (原因).</summary>
[JsonConverter(typeof(SnakeCaseEnum<Cause>))]
public enum Cause
{
    /// <summary>Staff typed wrong passcodes, counted at the terminal (C1): an operator is paused, and at too many in one place the terminal.</summary>
    WrongPassword,

    /// <summary>Wrong customer PINs over several cards, as somebody would who tries out stolen ones (C2).</summary>
    CustomerPin,

    /// <summary>An update or maintenance is at work, or the provider has announced one (C3).</summary>
    Maintenance,

    /// <summary>A part that its model declares has failed its self-test again and again (C4).</summary>
    HardwareFault,

    /// <summary>The secure processor says that the device was opened, or somebody who holds it does (C4).</summary>
    Tamper,

    /// <summary>The network to the payment host has been bad for a while (C5). That only the provider's server is away is no bad network.</summary>
    NetworkUnstable,

    /// <summary>The terminal is in a network that is not its usual one (C6).</summary>
    NetworkAnomaly,

    /// <summary>The terminal is not where it is registered (C6), and no move was announced (W9).</summary>
    LocationAnomaly,

    /// <summary>A person of the provider ordered it, with a reason (C7).</summary>
    Remote,

    /// <summary>A rule found something unusual (C7), or a person did and says so.</summary>
    Anomaly,

    /// <summary>Two devices report as one terminal: their event numbers contradict each other (C6).</summary>
    Binding,

    /// <summary>Nobody could have locked it for days, because it was not reachable (C5).</summary>
    OfflineTooLong,

    /// <summary>The cashier pressed the lock key, or nobody touched the terminal for a while (C8).</summary>
    Away,

    /// <summary>The terminal's record of itself is lost or damaged: unknown means locked.</summary>
    StateUnknown,
}

/// <summary>What can release a lock (解除途径), the easiest for the person at the terminal first.</summary>
[JsonConverter(typeof(SnakeCaseEnum<WayOut>))]
public enum WayOut
{
    Wait,
    SignIn,
    ManagerSignIn,
    PasswordReset,
    OfflineCode,
    BankApproval,
    Passkey,
    MaintenanceDone,
    SelfTest,
    Repair,
    NetworkCheck,
    MoveApproved,
    ProviderRelease,
    Reconnect,
    Replacement,
}

/// <summary>The side that raised a lock and alone may end it; the other side mirrors it.</summary>
[JsonConverter(typeof(SnakeCaseEnum<LockOwner>))]
public enum LockOwner
{
    Server,
    Terminal,
}

/// <summary>How far a lock has got. Only what the terminal has applied is ever shown as confirmed (B6).</summary>
[JsonConverter(typeof(SnakeCaseEnum<LockStatus>))]
public enum LockStatus
{
    Pending,
    Confirmed,
    Releasing,
}

/// <summary>How grave a cause is. The gravest lock is told first.</summary>
[JsonConverter(typeof(SnakeCaseEnum<Severity>))]
public enum Severity
{
    Notice,
    Low,
    Medium,
    High,
    Critical,
}
