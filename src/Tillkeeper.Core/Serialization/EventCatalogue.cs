using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tillkeeper.Core.Serialization;

/// <summary>An event whose name is not in the catalogue: a replay stops loudly instead of folding around it.</summary>
public sealed class UnknownEventException(string name)
    : Exception($"The event '{name}' is not known to this version; it was written by a newer one.");

/// <summary>
/// The names of events, explicit and versioned, never derived from CLR names. Each has a sample in <c>contracts/events</c>. A changed
/// shape is a new name.
/// </summary>
public sealed class EventCatalogue
{
    private readonly FrozenDictionary<string, JsonTypeInfo> byName;
    private readonly FrozenDictionary<Type, string> byType;

    public EventCatalogue(params (string Name, JsonTypeInfo Info)[] entries)
    {
        byName = entries.ToFrozenDictionary(e => e.Name, e => e.Info, StringComparer.Ordinal);
        byType = entries.ToFrozenDictionary(e => e.Info.Type, e => e.Name);
    }

    /// <summary>What terminals journal and report.</summary>
    public static EventCatalogue Device { get; } =
        new(
            ("device.started.v1", CoreJson.Default.DeviceStarted),
            ("clock.checkpointed.v1", CoreJson.Default.ClockCheckpointed),
            ("state.lost.v1", CoreJson.Default.StateLost),
            ("operator.added.v1", CoreJson.Default.OperatorAdded),
            ("operator.passcode_set.v1", CoreJson.Default.PasscodeSet),
            ("operator.passcode_voided.v1", CoreJson.Default.PasscodeVoided),
            ("operator.attempt_counted.v1", CoreJson.Default.AttemptCounted),
            ("operator.attempt_failed.v1", CoreJson.Default.AttemptFailed),
            ("operator.signed_in.v1", CoreJson.Default.OperatorSignedIn),
            ("lock.begun.v1", CoreJson.Default.LockBegun),
            ("lock.ended.v1", CoreJson.Default.LockEnded),
            ("order.applied.v1", CoreJson.Default.OrderApplied),
            ("order.refused.v1", CoreJson.Default.OrderRefused),
            ("policy.changed.v1", CoreJson.Default.PolicyChanged),
            ("key_set.changed.v1", CoreJson.Default.KeySetChanged),
            ("challenge.issued.v1", CoreJson.Default.ChallengeIssued),
            ("code.attempt_counted.v1", CoreJson.Default.CodeAttemptCounted),
            ("hook.failed.v1", CoreJson.Default.HookFailed),
            ("hook.recovered.v1", CoreJson.Default.HookRecovered),
            ("rule.found.v1", CoreJson.Default.RuleFound),
            ("rule.cleared.v1", CoreJson.Default.RuleCleared),
            ("sale.ended.v1", CoreJson.Default.SaleEnded),
            ("update.offered.v1", CoreJson.Default.UpdateOffered),
            ("update.stepped.v1", CoreJson.Default.UpdateStepped),
            ("software.found.v1", CoreJson.Default.SoftwareFound),
            ("lock.revised.v1", CoreJson.Default.LockRevised),
            ("network.checked.v1", CoreJson.Default.NetworkChecked),
            ("self_test.ran.v1", CoreJson.Default.SelfTestRan),
            ("ledger.recorded.v1", CoreJson.Default.LedgerRecorded),
            ("server.lost.v1", CoreJson.Default.ServerLost),
            ("server.reached.v1", CoreJson.Default.ServerReached)
        );

    /// <summary>What the server's log tells of terminals.</summary>
    public static EventCatalogue Terminal { get; } =
        new(
            ("terminal.registered.v1", CoreJson.Default.TerminalRegistered),
            ("terminal.changed.v1", CoreJson.Default.TerminalChanged),
            ("terminal.enrolment_code_issued.v1", CoreJson.Default.EnrolmentCodeIssued),
            ("terminal.enrolled.v1", CoreJson.Default.TerminalEnrolled),
            ("terminal.certificate_renewed.v1", CoreJson.Default.CertificateRenewed),
            ("terminal.revoked.v1", CoreJson.Default.TerminalRevoked),
            ("terminal.tamper_repair_requested.v1", CoreJson.Default.TamperRepairRequested),
            ("terminal.tamper_repaired.v1", CoreJson.Default.TamperRepaired),
            ("terminal.replaced.v1", CoreJson.Default.TerminalReplaced),
            ("terminal.lock_ordered.v1", CoreJson.Default.LockOrdered),
            ("terminal.release_requested.v1", CoreJson.Default.ReleaseRequested),
            ("terminal.release_ordered.v1", CoreJson.Default.ReleaseOrdered),
            ("terminal.code_issued.v1", CoreJson.Default.CodeReadOut),
            ("terminal.order_issued.v1", CoreJson.Default.OrderIssued),
            ("terminal.reported.v1", CoreJson.Default.TerminalReported),
            ("terminal.fork_found.v1", CoreJson.Default.ForkFound),
            ("terminal.lock_revised.v1", CoreJson.Default.ServerLockRevised),
            ("terminal.rule_found.v1", CoreJson.Default.RuleFoundHere),
            ("terminal.rule_cleared.v1", CoreJson.Default.RuleClearedHere)
        );

    /// <summary>What the server's log tells of campaigns.</summary>
    public static EventCatalogue Campaign { get; } =
        new(
            ("campaign.created.v1", CoreJson.Default.CampaignCreated),
            ("campaign.planned.v1", CoreJson.Default.CampaignPlanned),
            ("campaign.approved.v1", CoreJson.Default.CampaignApproved),
            ("campaign.group_started.v1", CoreJson.Default.GroupStarted),
            ("campaign.terminal_moved.v1", CoreJson.Default.CampaignMoved),
            ("campaign.paused.v1", CoreJson.Default.CampaignPaused),
            ("campaign.resumed.v1", CoreJson.Default.CampaignResumed),
            ("campaign.stopped.v1", CoreJson.Default.CampaignStopped),
            ("campaign.finished.v1", CoreJson.Default.CampaignFinished)
        );

    /// <summary>What the server's log tells of cases.</summary>
    public static EventCatalogue Case { get; } =
        new(
            ("case.opened.v1", CoreJson.Default.CaseOpened),
            ("case.document_attached.v1", CoreJson.Default.DocumentAttached),
            ("case.document_read.v1", CoreJson.Default.DocumentRead),
            ("case.decided.v1", CoreJson.Default.CaseDecided),
            ("case.code_issued.v1", CoreJson.Default.CodeIssued),
            ("case.progressed.v1", CoreJson.Default.CaseProgressed),
            ("case.closed.v1", CoreJson.Default.CaseClosed),
            ("case.lock_covered.v1", CoreJson.Default.LockCovered),
            ("case.covered_lock_ended.v1", CoreJson.Default.CoveredLockEnded),
            ("case.assigned.v1", CoreJson.Default.CaseAssigned),
            ("case.reminded.v1", CoreJson.Default.CaseReminded),
            ("case.merged_into.v1", CoreJson.Default.CaseMergedInto),
            ("case.taken_over.v1", CoreJson.Default.CaseTakenOver),
            ("case.reopened.v1", CoreJson.Default.CaseReopened),
            ("case.rated.v1", CoreJson.Default.CaseRated),
            ("case.call_back_started.v1", CoreJson.Default.CallBackStarted),
            ("case.call_back_ended.v1", CoreJson.Default.CallBackEnded),
            ("case.identity_compared.v1", CoreJson.Default.IdentityCompared),
            ("case.document_seen_before.v1", CoreJson.Default.DocumentSeenBefore),
            ("case.approval_requested.v1", CoreJson.Default.CaseApprovalRequested)
        );

    /// <summary>What the server's log tells of repairs.</summary>
    public static EventCatalogue Repair { get; } =
        new(
            ("repair.opened.v1", CoreJson.Default.RepairOpened),
            ("repair.dispatched.v1", CoreJson.Default.RepairDispatched),
            ("repair.repairer_identified.v1", CoreJson.Default.RepairerIdentified),
            ("repair.handed_over.v1", CoreJson.Default.RepairHandedOver),
            ("repair.finished.v1", CoreJson.Default.RepairFinished),
            ("repair.self_tested.v1", CoreJson.Default.RepairSelfTested),
            ("repair.accept_requested.v1", CoreJson.Default.ReturnAcceptRequested),
            ("repair.accepted.v1", CoreJson.Default.RepairAccepted),
            ("repair.cancelled.v1", CoreJson.Default.RepairCancelled)
        );

    /// <summary>What the server's log tells of changes of bindings.</summary>
    public static EventCatalogue BindingChange { get; } =
        new(
            ("binding_change.proposed.v1", CoreJson.Default.BindingChangeProposed),
            ("binding_change.acknowledged.v1", CoreJson.Default.RegistrationAcknowledged),
            ("binding_change.approved.v1", CoreJson.Default.BindingChangeApproved),
            ("binding_change.done.v1", CoreJson.Default.BindingChangeDone),
            ("binding_change.withdrawn.v1", CoreJson.Default.BindingChangeWithdrawn)
        );

    public IEnumerable<string> Names => byName.Keys.Order(StringComparer.Ordinal);

    public string NameOf(object happened) => byType[happened.GetType()];

    public JsonTypeInfo InfoOf(string name) =>
        byName.TryGetValue(name, out var info) ? info : throw new UnknownEventException(name);

    public byte[] Write(object happened) =>
        JsonSerializer.SerializeToUtf8Bytes(happened, byName[byType[happened.GetType()]]);

    /// <summary>Reads an event of our own log. Unknown names throw: the log is the truth.</summary>
    public object Read(string name, ReadOnlySpan<byte> data) =>
        JsonSerializer.Deserialize(data, InfoOf(name))
        ?? throw new JsonException($"An event '{name}' is empty.");

    /// <summary>Reads an event that somebody else reported; null when its name or shape is not known here.</summary>
    public object? TryRead(string name, JsonElement data)
    {
        try
        {
            return byName.TryGetValue(name, out var info) ? data.Deserialize(info) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter: text that is no text, such as half a surrogate pair.
            return null;
        }
    }
}
