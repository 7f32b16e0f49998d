using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.People;

/// <summary>What a person is to the provider. Each key is one person.</summary>
[JsonConverter(typeof(SnakeCaseEnum<Role>))]
internal enum Role
{
    Admin,
    Helpdesk,
    Risk,
    Fleet,
    Auditor,
    Agent,
    Merchant,
}

/// <summary>What can be done at the people's door. Every endpoint names exactly one.</summary>
internal enum Right
{
    /// <summary>See what lies in one's own subtree.</summary>
    Look,
    ManageKeys,
    SeeKeys,
    ManageOrgs,
    ManageMerchants,
    ManageTerminals,
    RevokeTerminals,
    OrderLocks,
    ReleaseLocks,
    OpenCases,
    AttachDocuments,
    DecideCases,
    ReadCodes,
    VerifyAudit,

    /// <summary>Write the rules: thresholds, modes, what a breach leads to.</summary>
    ManagePolicies,

    /// <summary>Bring updates out, pause them, take part in taking them back.</summary>
    ManageCampaigns,

    /// <summary>Own an alert, settle it.</summary>
    HandleAlerts,
    ManageWebhooks,

    /// <summary>Stop and undo what a rule did to many at once.</summary>
    SettleCrises,

    /// <summary>Import settlement files, say how a manual record is settled.</summary>
    ReconcileLedger,

    /// <summary>Ask for a repair or a move, and say what one has seen of it: whoever hands a terminal over stands in the shop.</summary>
    RequestWork,

    /// <summary>Send repairers, record what they did.</summary>
    ManageRepairs,

    /// <summary>Look into why something locked, and say what changes (W8).</summary>
    Investigate,
    SeeInvestigations,

    /// <summary>Say which banks may speak for the owners of terminals.</summary>
    ManageBanks,

    /// <summary>Speak as the owner of a shop: enrol a passkey, end with it what the policy gives to owners.</summary>
    OwnShop,

    /// <summary>Say how one wants to be told: language, addresses, quiet hours.</summary>
    SetNotifications,
}

/// <summary>Who may do what: the whole table. What is not listed is denied.</summary>
internal static class Rights
{
    /// <summary>
    /// What can release something, read a code, decide about money, or let a person or a terminal in: with a browser, only just after having
    /// shown who one is.
    /// </summary>
    public static bool NeedsFresh(Right right) =>
        right
            is Right.ReleaseLocks
                or Right.DecideCases
                or Right.ReadCodes
                or Right.OwnShop
                or Right.ManageKeys
                or Right.ManageBanks
                or Right.ManageTerminals
                or Right.RevokeTerminals
                or Right.ManageCampaigns
                or Right.ReconcileLedger
                or Right.SettleCrises;

    public static bool May(Role role, Right right) =>
        right switch
        {
            Right.Look => true,
            Right.ManageKeys => role is Role.Admin,
            Right.SeeKeys => role is Role.Admin or Role.Auditor,
            Right.ManageOrgs => role is Role.Admin,
            Right.ManageMerchants => role is Role.Admin or Role.Fleet or Role.Agent,
            Right.ManageTerminals => role is Role.Admin or Role.Fleet,
            Right.RevokeTerminals => role is Role.Admin or Role.Risk or Role.Fleet,
            Right.OrderLocks => role is Role.Admin or Role.Risk or Role.Fleet,
            Right.ReleaseLocks => role is Role.Admin or Role.Risk,
            Right.OpenCases or Right.AttachDocuments => role
                is Role.Admin
                    or Role.Helpdesk
                    or Role.Risk
                    or Role.Agent
                    or Role.Merchant,
            Right.DecideCases or Right.ReadCodes => role
                is Role.Admin
                    or Role.Helpdesk
                    or Role.Risk,
            Right.VerifyAudit => role is Role.Admin or Role.Auditor,
            Right.ManagePolicies or Right.SettleCrises => role is Role.Admin or Role.Risk,
            Right.ManageCampaigns => role is Role.Admin or Role.Fleet,
            Right.HandleAlerts => role is Role.Admin or Role.Helpdesk or Role.Risk or Role.Fleet,
            Right.ReconcileLedger or Right.SetNotifications => role
                is Role.Admin
                    or Role.Fleet
                    or Role.Agent
                    or Role.Merchant,
            Right.RequestWork => role is not Role.Auditor,
            Right.ManageRepairs => role is Role.Admin or Role.Helpdesk or Role.Fleet,
            Right.ManageWebhooks or Right.ManageBanks => role is Role.Admin,
            Right.OwnShop => role is Role.Merchant,
            Right.Investigate => role is Role.Admin or Role.Risk,
            Right.SeeInvestigations => role
                is Role.Admin
                    or Role.Risk
                    or Role.Helpdesk
                    or Role.Fleet
                    or Role.Auditor,
            _ => false,
        };
}
