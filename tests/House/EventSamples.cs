using System.Collections.Immutable;
using System.Text.Json;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Device.Hooks;
using Tillkeeper.Core.Device.Ledger;
using Tillkeeper.Core.Device.NetworkChecks;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Repairs;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Core.Terminals.Replacing;
using Tillkeeper.Core.Terminals.Tampering;

namespace Tillkeeper.House;

/// <summary>
/// One event of each name with everything in it that it can hold. Only a sample that is missing is written from here: a committed one
/// stays as it is, for it stands for what is in the logs out there.
/// </summary>
internal static class EventSamples
{
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private const string LockId = "7T0000000A";
    private const string Operator = "op-4f1c";
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 30, 0, TimeSpan.Zero);
    private static readonly DeviceTime Clock = new("0b7c", 1_800_000, At);

    private static readonly Lock Pause = new()
    {
        Id = LockId,
        Cause = Cause.WrongPassword,
        Subject = Subject.OfOperator(Operator),
        Scope = [Capability.SignIn],
        Owner = LockOwner.Terminal,
        Status = LockStatus.Confirmed,
        Since = At,
        ExpectedEnd = At.AddMinutes(30),
        WaysOut = [WayOut.Wait, WayOut.ManagerSignIn, WayOut.PasswordReset, WayOut.OfflineCode],
        Evidence = new Evidence(Operator, 5),
    };

    private static readonly Lock Remote = new()
    {
        Id = "7T0000000B",
        Cause = Cause.Remote,
        Subject = Subject.Terminal,
        Scope = [Capability.CardPayment, Capability.Refund],
        Owner = LockOwner.Server,
        Status = LockStatus.Pending,
        Since = At,
        ExpectedEnd = At.AddDays(1),
        WaysOut = [WayOut.OfflineCode, WayOut.ProviderRelease],
        Message = "Please call us.",
        Evidence = new Evidence(Reason: "refund burst"),
    };

    private static readonly Evidence Fault = new(
        Rule: RuleName.Hardware,
        Part: "card_reader",
        Facts: ImmutableSortedDictionary<string, string>.Empty.Add("failures", "3")
    );

    private static readonly TerminalProfile Profile = new()
    {
        MerchantId = "m-1",
        Model = "A920",
        ExternalId = "erp-77",
        Bindings = [new Binding("acq-1", "898110000000001", "10000001")],
        Location = new Location(31.2304, 121.4737, 200),
        Networks = ["203.0.113.0/24"],
        Warranty = new Warranty(new DateOnly(2026, 1, 15), 24),
    };

    private static readonly MaintenanceWindow Night = new(
        ["tue", "wed"],
        "02:00",
        TimeSpan.FromHours(3),
        "Asia/Shanghai"
    );

    private static readonly OrderedUpdate Update = new()
    {
        Campaign = "3W0000000C",
        Artifact = new Artifact(Hash, 1_048_576, "till", "2.10.1"),
        Window = Night,
        ForcedAt = At.AddDays(3),
        Estimate = TimeSpan.FromMinutes(4),
        DowngradeBy = ["p-1", "p-2"],
    };

    public static IReadOnlyList<object> All { get; } =
    [
        new NetworkChecked(
            [
                new CheckedStep(NetworkStep.Address, StepResult.Ok),
                new CheckedStep(NetworkStep.PaymentHost, StepResult.Failed),
            ],
            Clock,
            At
        ),
        new LedgerRecorded(
            "01K5-7",
            "7T0000000B",
            3,
            -2_850,
            LedgerMethod.StaticQr,
            At,
            Clock,
            Operator,
            true,
            "wrong amount",
            "4200001",
            2
        ),
        new UpdateOffered(Update, Clock),
        new UpdateStepped(
            "3W0000000C",
            UpdateStep.RolledBack,
            Clock,
            2,
            "health_check_failed",
            "2.10.1-9f86d081884c.2",
            "2.9-0a1b2c3d4e5f.1",
            TimeSpan.FromSeconds(95)
        ),
        new SoftwareFound("2.9", "2.9-0a1b2c3d4e5f.1"),
        new LockRevised(LockId, At.AddMinutes(10), 60),
        new ServerLockRevised(LockId, new LockRevision(At.AddMinutes(10), 60)),
        new CampaignCreated(
            "3W0000000C",
            "Autumn",
            "/a/m-1/",
            "5A0000000D",
            Update.Artifact,
            [new GroupRule(0.1, 0.95, 0.05)],
            "p-1",
            Night,
            TimeSpan.FromDays(3),
            true,
            "2.11 loses receipts"
        ),
        new CampaignPlanned(0, ["7Q2M4K9X1B"]),
        new CampaignApproved("p-2", "agreed"),
        new GroupStarted(1),
        new CampaignMoved(
            "7Q2M4K9X1B",
            0,
            UpdateStep.Checking,
            UpdateStep.Done,
            "already_installed",
            TimeSpan.FromSeconds(95),
            TimeSpan.FromMinutes(4)
        ),
        new CampaignPaused("let us see", "p-1"),
        new CampaignResumed("p-1", "it was the network"),
        new CampaignStopped("p-1", "replaced"),
        new CampaignFinished(),
        new DeviceStarted(Clock, "0.1.0"),
        new ClockCheckpointed(Clock),
        new StateLost("record 17 does not match its checksum"),
        new OperatorAdded(Operator, OperatorRole.Cashier, Hash, Clock),
        new PasscodeSet(Operator, PasscodeOrigin.Reset, Hash, LockId),
        new PasscodeVoided(Operator, LockId, Clock),
        new AttemptCounted(Operator, Clock),
        new AttemptFailed(Operator),
        new OperatorSignedIn(Operator, OperatorRole.Manager, LockId),
        new LockBegun(Pause, Clock, TimeSpan.FromMinutes(30)),
        new LockEnded(LockId, WayOut.OfflineCode, Clock, "op-0001", Operator, true),
        new OrderApplied(3, OrderKind.PasscodeReset, LockId),
        new OrderRefused(4, OrderKind.Release, "expired", LockId),
        new PolicyChanged(new Policy { Version = 2 }),
        new KeySetChanged("eyJhbGciOiJFUzI1NiJ9.e30.c2ln", 2),
        new ChallengeIssued(LockId, "N0NCE", Clock),
        new CodeAttemptCounted(LockId, 1),
        new HookFailed("lock-begun.d/10-port", LockId, "exit 1: no such table", Clock),
        new HookRecovered("lock-begun.d/10-port", Clock),
        new RuleFound(
            RuleName.Hardware,
            FindingEffect.Lock,
            Fault,
            [Capability.CardPayment],
            At,
            "card_reader",
            LockId
        ),
        new RuleCleared(RuleName.Hardware, "card_reader"),
        new ServerLost(Clock, Clock with { Ms = 2_400_000 }),
        new ServerReached(Clock),
        new SaleEnded(Capability.CardPayment, SaleOutcome.WrongPin, Clock, At, 1250, "c4rd"),
        new TerminalRegistered("7Q2M4K9X1B", "SN-0001", Profile),
        new TerminalChanged(Profile),
        new EnrolmentCodeIssued(Hash, At.AddDays(1)),
        new TerminalEnrolled(1, Hash, "0A1B2C"),
        new CertificateRenewed(Hash, "0A1B2D"),
        new TerminalRevoked("stolen"),
        new LockOrdered(Remote, "refund burst", "batch-1"),
        new ReleaseRequested(Remote.Id, "person-1", "explained", At),
        new SelfTestRan([new TestedPart("printer", PartStatus.Failed, true)], Clock),
        .. RepairSamples.All,
        .. BindingSamples.All,
        new TerminalReplaced("7T00000002", ["person-1", "person-2"], "worn out"),
        new TamperRepairRequested("person-1", "case opened, mesh replaced", At, "repaired"),
        new TamperRepaired(["person-1", "person-2"], "case opened, mesh replaced", At, "repaired"),
        new ReleaseOrdered(
            Remote.Id,
            WayOut.ProviderRelease,
            ["person-1", "person-2"],
            "explained"
        ),
        new CodeReadOut(LockId),
        new OrderIssued(
            new Order
            {
                Terminal = "7Q2M4K9X1B",
                Epoch = 1,
                Number = 5,
                Kind = OrderKind.Lock,
                IssuedAt = At,
                ExpiresAt = At.AddDays(7),
                LockId = Remote.Id,
                Lock = new OrderedLock
                {
                    Cause = Cause.Remote,
                    Scope = Remote.Scope,
                    WaysOut = Remote.WaysOut,
                    Since = At,
                    ExpectedEnd = At.AddDays(1),
                    Message = "Please call us.",
                },
                WayOut = WayOut.ProviderRelease,
                CaseId = "case-1",
                Policy = new Policy { Version = 2 },
                KeySet = "eyJhbGciOiJFUzI1NiJ9.e30.c2ln",
            }
        ),
        new TerminalReported(
            7,
            Hash,
            Hash,
            "operator.attempt_failed.v1",
            "2026-03-01T08:30:00.000Z",
            JsonSerializer.SerializeToElement(
                new Dictionary<string, string> { ["operator"] = Operator }
            )
        ),
        new ForkFound(7, Hash, Hash),
        new RuleFoundHere(
            RuleName.Location,
            FindingEffect.Lock,
            new Evidence(Rule: RuleName.Location),
            [Capability.CardPayment],
            At,
            "position",
            LockId
        ),
        new RuleClearedHere(RuleName.Location, "position"),
        new CaseOpened(
            "case-1",
            "7Q2M4K9X1B",
            LockId,
            Cause.WrongPassword,
            WayOut.PasswordReset,
            new ApplicantRef("pd-1", Hash),
            "person-1",
            true,
            At,
            "called from the shop's number"
        ),
        new DocumentAttached("business_licence", "doc-1", Hash, 120_000, "person-1"),
        new DocumentRead("business_licence", "doc-1", "person-2"),
        new CaseDecided(CaseOutcome.Approve, "person-2", "documents match", ["identity_card"], At),
        new CodeIssued("N0NCE", At.AddMinutes(10), "person-2"),
        new CaseProgressed(CaseStep.PasscodeSet),
        new CaseClosed("signed_in"),
        new LockCovered("7T0000000B", Cause.Remote, WayOut.ProviderRelease, "person-1"),
        new CoveredLockEnded("7T0000000B"),
        new CaseAssigned("person-2", "person-3", "shift ends"),
        new CaseReminded(true, At.AddHours(8)),
        new CaseMergedInto("case-2", "person-2", "the shop called twice"),
        new CaseTakenOver("case-1", ["person-1"], ["identity_card"], "person-2"),
        new CaseReopened("person-2", "the lock is back", At.AddHours(4)),
        new CaseRated(5, "person-4", true),
        new CallBackStarted(1, "pd-7", "person-2", At),
        new CallBackEnded(1, CallBackOutcome.Confirmed, "person-2"),
        new IdentityCompared([new FieldMatch("legal_representative", Likeness.Near)], "person-2"),
        new DocumentSeenBefore("doc-1", "identity_card", "case-0", "doc-0"),
        new CaseApprovalRequested("person-2", "documents match"),
    ];
}
