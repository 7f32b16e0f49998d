using System.Text.Json.Serialization;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Hooks;
using Tillkeeper.Core.Device.Ledger;
using Tillkeeper.Core.Device.NetworkChecks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Core.Terminals.Tampering;

namespace Tillkeeper.Core.Serialization;

/// <summary>
/// JSON of everything in Core: camelCase, snake_case words, RFC 3339, ISO 8601; nulls are left out. So a record's nullable parameters
/// need a default, or what was written could not be read again. What is missing reaches an <c>init</c> property as null, whatever
/// its initializer says: properties that have a default say so again in their <c>init</c>.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcTimeJson), typeof(IsoDurationJson)]
)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(OrderHead))]
[JsonSerializable(typeof(KeySet))]
[JsonSerializable(typeof(SignedTime))]
[JsonSerializable(typeof(OperatorSecret))]
[JsonSerializable(typeof(TerminalState))]
[JsonSerializable(typeof(CaseState))]
[JsonSerializable(typeof(WrongPasswordRule))]
[JsonSerializable(typeof(PasscodeRule))]
[JsonSerializable(typeof(AwayRule))]
[JsonSerializable(typeof(OfflineCodeRule))]
[JsonSerializable(typeof(TransactionRule))]
[JsonSerializable(typeof(UpdateRule))]
[JsonSerializable(typeof(Support))]
[JsonSerializable(typeof(DeviceStarted))]
[JsonSerializable(typeof(ClockCheckpointed))]
[JsonSerializable(typeof(StateLost))]
[JsonSerializable(typeof(OperatorAdded))]
[JsonSerializable(typeof(PasscodeSet))]
[JsonSerializable(typeof(PasscodeVoided))]
[JsonSerializable(typeof(AttemptCounted))]
[JsonSerializable(typeof(AttemptFailed))]
[JsonSerializable(typeof(OperatorSignedIn))]
[JsonSerializable(typeof(LockBegun))]
[JsonSerializable(typeof(LockEnded))]
[JsonSerializable(typeof(OrderApplied))]
[JsonSerializable(typeof(OrderRefused))]
[JsonSerializable(typeof(PolicyChanged))]
[JsonSerializable(typeof(KeySetChanged))]
[JsonSerializable(typeof(ChallengeIssued))]
[JsonSerializable(typeof(CodeAttemptCounted))]
[JsonSerializable(typeof(LedgerRecorded))]
[JsonSerializable(typeof(NetworkChecked))]
[JsonSerializable(typeof(HookFailed))]
[JsonSerializable(typeof(HookRecovered))]
[JsonSerializable(typeof(UpdateOffered))]
[JsonSerializable(typeof(UpdateStepped))]
[JsonSerializable(typeof(SoftwareFound))]
[JsonSerializable(typeof(LockRevised))]
[JsonSerializable(typeof(RuleFound))]
[JsonSerializable(typeof(RuleCleared))]
[JsonSerializable(typeof(SaleEnded))]
[JsonSerializable(typeof(ServerLost))]
[JsonSerializable(typeof(ServerReached))]
[JsonSerializable(typeof(RuleFoundHere))]
[JsonSerializable(typeof(RuleClearedHere))]
[JsonSerializable(typeof(CustomerPinRule))]
[JsonSerializable(typeof(HardwareRule))]
[JsonSerializable(typeof(NetworkRule))]
[JsonSerializable(typeof(OfflineTooLongRule))]
[JsonSerializable(typeof(EnvironmentRule))]
[JsonSerializable(typeof(LocationRule))]
[JsonSerializable(typeof(NightTradingRule))]
[JsonSerializable(typeof(VelocityRule))]
[JsonSerializable(typeof(RefundBurstRule))]
[JsonSerializable(typeof(RebootsRule))]
[JsonSerializable(typeof(ImpossibleTravelRule))]
[JsonSerializable(typeof(MinimumVersionRule))]
[JsonSerializable(typeof(ArrearsRule))]
[JsonSerializable(typeof(Breaker))]
[JsonSerializable(typeof(RemoteLimit))]
[JsonSerializable(typeof(IReadOnlyList<PartProfile>))]
[JsonSerializable(typeof(TerminalRegistered))]
[JsonSerializable(typeof(TerminalChanged))]
[JsonSerializable(typeof(EnrolmentCodeIssued))]
[JsonSerializable(typeof(TerminalEnrolled))]
[JsonSerializable(typeof(CertificateRenewed))]
[JsonSerializable(typeof(TerminalRevoked))]
[JsonSerializable(typeof(LockOrdered))]
[JsonSerializable(typeof(ReleaseRequested))]
[JsonSerializable(typeof(ReleaseOrdered))]
[JsonSerializable(typeof(CodeReadOut))]
[JsonSerializable(typeof(OrderIssued))]
[JsonSerializable(typeof(TerminalReported))]
[JsonSerializable(typeof(ForkFound))]
[JsonSerializable(typeof(ServerLockRevised))]
[JsonSerializable(typeof(CampaignState))]
[JsonSerializable(typeof(CampaignCreated))]
[JsonSerializable(typeof(CampaignPlanned))]
[JsonSerializable(typeof(CampaignApproved))]
[JsonSerializable(typeof(GroupStarted))]
[JsonSerializable(typeof(CampaignMoved))]
[JsonSerializable(typeof(CampaignPaused))]
[JsonSerializable(typeof(CampaignResumed))]
[JsonSerializable(typeof(CampaignStopped))]
[JsonSerializable(typeof(CampaignFinished))]
[JsonSerializable(typeof(TamperRepairRequested))]
[JsonSerializable(typeof(TamperRepaired))]
[JsonSerializable(typeof(CaseOpened))]
[JsonSerializable(typeof(DocumentAttached))]
[JsonSerializable(typeof(DocumentRead))]
[JsonSerializable(typeof(CaseDecided))]
[JsonSerializable(typeof(CodeIssued))]
[JsonSerializable(typeof(CaseProgressed))]
[JsonSerializable(typeof(CaseClosed))]
public sealed partial class CoreJson : JsonSerializerContext;
