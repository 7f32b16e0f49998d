namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>What stands before a route that can open something.</summary>
/// <param name="Commands">The opening commands that its code can come to.</param>
/// <param name="Why">Who may, and what else must be so.</param>
internal sealed record Guard(string Route, string Commands, string Why);

/// <summary>
/// Every route whose code can release a lock, reset a passcode, or hand out what does (R17). A new one fails the test until somebody writes
/// down here what guards it, and gives it an attack.
/// </summary>
internal static class Guards
{
    /// <summary>Commands that open: whoever reaches one of them must be guarded.</summary>
    public static IReadOnlyList<string> Opening { get; } =
    [
        "OrderRelease",
        "OrderPasscodeReset",
        "ReadOutCode",
        "RepairTamper",
        "ReplaceTerminal",
        "IssueEnrolmentCode",
        "EnrolTerminal",
        "ReportMaintenance",
        "ClearRule",
        "Report",
    ];

    /// <summary>Commands that lock, describe or withdraw: none of them ends a lock.</summary>
    public static IReadOnlyList<string> Harmless { get; } =
    [
        "RegisterTerminal",
        "ChangeTerminal",
        "RenewCertificate",
        "RevokeTerminal",
        "OrderLock",
        "OrderPolicy",
        "OrderUpdate",
        "OrderUpdateStop",
        "OrderKeySet",
        "FindRule",
    ];

    public static IReadOnlyList<Guard> All { get; } =
    [
        new("POST /api/v1/cases/{id}/decision", "OrderPasscodeReset, OrderRelease", Deciders),
        new(
            "POST /api/v1/complaints/{id}/review",
            "OrderRelease",
            "admin and risk, never who had a part in it"
        ),
        new("POST /api/v1/cases/{id}/offline-code", "ReadOutCode", Deciders),
        new("POST /api/v1/terminals/{id}/locks/{lockId}/release", "OrderRelease", Releasers),
        new(
            "POST /api/v1/terminals/{id}/locks/{lockId}/owner-code-release",
            "OrderPasscodeReset, OrderRelease",
            OwnerAlone
        ),
        new(
            "POST /api/v1/terminals/{id}/locks/{lockId}/passkey-release",
            "OrderPasscodeReset, OrderRelease",
            OwnerAlone
        ),
        new(
            "POST /api/v1/terminals/{id}/locks/{lockId}/owner-code",
            "OrderPasscodeReset, OrderRelease",
            OnlyAsksWhether
        ),
        new(
            "POST /api/v1/terminals/{id}/locks/{lockId}/passkey-options",
            "OrderPasscodeReset, OrderRelease",
            OnlyAsksWhether
        ),
        new("POST /api/v1/terminals/{id}/tamper-repair", "RepairTamper", Releasers),
        new("POST /api/v1/locks/batches/{id}/release", "OrderRelease", TwoForABatch),
        new("POST /api/v1/locks/batches/{id}/approve", "OrderRelease", OnlyOwnBatch),
        new("POST /api/v1/locks", "OrderRelease", OnlyOwnBatch),
        new("POST /api/v1/terminals/{id}/locks", "OrderRelease", OnlyOwnBatch),
        new("POST /api/v1/relocations/{id}/approval", "OrderRelease, ReplaceTerminal", BoundByTwo),
        new("POST /api/v1/replacements/{id}/approval", "OrderRelease, ReplaceTerminal", BoundByTwo),
        new("POST /api/v1/repairs/{id}/acceptance", "OrderRelease", ReturnedAndTested),
        new(
            "POST /api/v1/terminals/{id}/bank-requests",
            "OrderPasscodeReset, OrderRelease",
            BankSigns
        ),
        new("POST /bank/v1/{bank}/answers", "OrderPasscodeReset, OrderRelease", BankSigns),
        new("POST /bank/v1/{bank}/state", "OrderPasscodeReset, OrderRelease", BankSigns),
        new("POST /bank/v1/{bank}/wishes", "OrderPasscodeReset, OrderRelease", BankSigns),
        new("POST /api/v1/terminals/{id}/maintenance", "ReportMaintenance", OwnMaintenance),
        new("POST /api/v1/terminals", "IssueEnrolmentCode", NewIdentity),
        new("POST /api/v1/terminals/{id}/enrolment-codes", "IssueEnrolmentCode", NewIdentity),
        new(
            "POST /terminal/v1/enrol",
            "EnrolTerminal",
            "a code that was issued once, not used, not expired"
        ),
        new("POST /terminal/v1/events", "ClearRule, Report", OwnWord),
        new("POST /terminal/v1/heartbeat", "ClearRule", OwnWord),
        new("POST /api/v1/merchants/{id}/arrears", "ClearRule", OwnRule),
        new("DELETE /api/v1/merchants/{id}/arrears", "ClearRule", OwnRule),
        new("PUT /api/v1/terminals/by-serial/{serial}", "ClearRule", OwnRule),
    ];

    /// <summary>What happens by itself later, and which guarded act sets it going.</summary>
    public static IReadOnlyList<Guard> Timers { get; } =
    [
        new(
            "Undoing",
            "OrderRelease",
            "POST /api/v1/crises/{id}/undo: admin and risk, two people where needed"
        ),
        new("BatchTimer", "OrderRelease", "POST /api/v1/locks/batches/{id}/release: two people"),
        new("ArrearsRounds", "ClearRule", "DELETE /api/v1/merchants/{id}/arrears"),
        new("MinimumVersion", "ClearRule", "the version that the terminal itself reports"),
    ];

    private const string Deciders =
        "admin, helpdesk, risk by cause; never whoever opened or attached to the case; two people where the cause asks for two";
    private const string Releasers = "admin and risk; two people where the cause asks for two";
    private const string ReturnedAndTested =
        "admin and risk, two people; only after a self-test that the terminal itself reported since its return; never of tampering";
    private const string BoundByTwo =
        "admin and risk, two people, after the acquirer's acknowledgement; nobody who had a hand in the case; the lease in it";
    private const string TwoForABatch = "admin and risk; always two people";
    private const string BankSigns =
        "the bank signs for the bound owner: nonce, expiry, confirmation text; only causes that the policy allows";
    private const string OnlyOwnBatch =
        "shares the code of a batch, whose locks alone it could release";
    private const string OwnerAlone =
        "a merchant's person, only causes that the policy gives to owners; a passkey with user verification that staff confirmed, or a code to the phone on file, counted before it is judged";
    private const string OnlyAsksWhether =
        "asks whether the owner could end it, and throws the answer's events away; a merchant's person";
    private const string OwnMaintenance =
        "admin and fleet; ends only what the same source reported";
    private const string NewIdentity =
        "admin and fleet; refused for a tampered terminal; server locks are issued again to the new identity";
    private const string OwnWord =
        "the terminal's own certificate; a lock of the server ends only by an order or code that is out";
    private const string OwnRule =
        "admin, risk and fleet; clears the locks of that one rule and no others";
}
