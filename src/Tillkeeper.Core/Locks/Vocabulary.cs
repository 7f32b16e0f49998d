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
    WrongPassword,
    CustomerPin,
    Maintenance,
    HardwareFault,
    Tamper,
    NetworkUnstable,
    NetworkAnomaly,
    LocationAnomaly,
    Remote,
    Anomaly,
    Binding,
    OfflineTooLong,
    Away,
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
