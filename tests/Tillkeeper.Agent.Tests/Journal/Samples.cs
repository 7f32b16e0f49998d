using System.Text;
using Tillkeeper.Agent.Journal;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Device.Hooks;
using Tillkeeper.Core.Device.Ledger;
using Tillkeeper.Core.Device.NetworkChecks;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Tests.Journal;

/// <summary>Events to journal, and their comparison by what is written of them.</summary>
internal static class Samples
{
    public const string At = "2026-03-01T08:30:00.000Z";

    public static DeviceTime Clock { get; } = new("boot-1", 1234, DateTimeOffset.UnixEpoch);

    public static JournalHeader Header { get; } = new("0123456789", 3, 0, JournalChain.Genesis);

    /// <summary>Every type that there is, with and without what may be absent.</summary>
    public static IReadOnlyList<IDeviceEvent> EveryType { get; } =
    [
        new DeviceStarted(Clock, "1.0"),
        new DeviceStarted(Clock with { Trusted = null }, "1.0"),
        new ClockCheckpointed(Clock),
        new StateLost("missing"),
        OperatorAdded("op1", "001"),
        PasscodeSet("op1", 7),
        PasscodeSet("op2", 8) with
        {
            LockId = "LOCK000001",
        },
        new PasscodeVoided("op1", "LOCK000001", Clock),
        new AttemptCounted("op1", Clock),
        new AttemptFailed("op1"),
        new OperatorSignedIn("op1", OperatorRole.Manager, "LOCK000001"),
        new LockBegun(
            new Core.Locks.Lock
            {
                Id = "LOCK000001",
                Cause = Cause.WrongPassword,
                Subject = Subject.OfOperator("op1"),
                Scope = [Capability.SignIn, Capability.CardPayment],
                Owner = LockOwner.Terminal,
                Status = LockStatus.Confirmed,
                Since = DateTimeOffset.UnixEpoch,
                WaysOut = [WayOut.Wait, WayOut.OfflineCode],
                Message = "请联系 support",
                Evidence = new Evidence("op1", 5),
            },
            Clock,
            TimeSpan.FromMinutes(30)
        ),
        new LockEnded("LOCK000001", WayOut.PasswordReset, Clock, "op1", "op1", true),
        new SelfTestRan([new TestedPart("printer", PartStatus.Failed, true)], Clock),
        new OrderApplied(1, "lock", "LOCK000001"),
        new OrderApplied(2, "policy"),
        new OrderRefused(3, "release", "expired", "LOCK000001"),
        new OrderRefused(4, "key_set", "expired"),
        new PolicyChanged(Policy.Default with { Version = 9 }),
        new KeySetChanged("e30.e30.c2ln", 2),
        new ChallengeIssued("LOCK000001", "NONCE", Clock),
        new CodeAttemptCounted("LOCK000001", 2),
        new ServerLost(Clock, Clock with { Trusted = null }),
        new ServerReached(Clock),
        new NetworkChecked(
            [new CheckedStep(NetworkStep.Dns, StepResult.Unknown)],
            Clock,
            DateTimeOffset.UnixEpoch
        ),
        new LedgerRecorded(
            "A1",
            "BOOK",
            1,
            100,
            LedgerMethod.Cash,
            DateTimeOffset.UnixEpoch,
            Clock
        ),
        new LedgerRecorded(
            "A2",
            "BOOK",
            2,
            -100,
            LedgerMethod.Transfer,
            DateTimeOffset.UnixEpoch,
            Clock,
            "op1",
            true,
            "多记了",
            "R-1",
            1
        ),
        new RuleFound(
            RuleName.Hardware,
            FindingEffect.Lock,
            new Evidence(Rule: RuleName.Hardware, Part: "card_reader"),
            [Capability.CardPayment],
            DateTimeOffset.UnixEpoch,
            "card_reader",
            "LOCK000002"
        ),
        new RuleCleared(RuleName.Hardware, "card_reader"),
        new SaleEnded(
            Capability.CardPayment,
            SaleOutcome.WrongPin,
            Clock,
            DateTimeOffset.UnixEpoch,
            1250,
            "c4rd"
        ),
        new HookFailed("lock-begun.d/10-port", "LOCK000001", "exit 1", Clock),
        new HookRecovered("lock-begun.d/10-port", Clock),
        new UpdateOffered(
            new OrderedUpdate
            {
                Campaign = "CAMPAIGN01",
                Artifact = new Artifact(new string('a', 64), 1, "till", "1.0"),
                ForcedAt = DateTimeOffset.UnixEpoch,
                Estimate = TimeSpan.FromMinutes(2),
            },
            Clock
        ),
        new UpdateStepped(
            "CAMPAIGN01",
            UpdateStep.Installing,
            Clock,
            1,
            null,
            "1.0-a.1",
            "0.9-b.1"
        ),
        new SoftwareFound("1.0", "1.0-a.1"),
        new LockRevised("LOCK000001", DateTimeOffset.UnixEpoch, 60),
    ];

    public static OperatorAdded OperatorAdded(string id, string name)
    {
        var secret = new OperatorSecret([1, 2, 3, 4], name);
        return new(id, OperatorRole.Cashier, Secrets.HashOf(secret), Clock) { Secret = secret };
    }

    public static PasscodeSet PasscodeSet(string id, byte salt)
    {
        var verifier = new PasscodeVerifier([salt, 2], 1000, [3, salt]);
        var secret = new OperatorSecret([salt], null, verifier);
        return new(id, PasscodeOrigin.Owner, Secrets.HashOf(secret)) { Secret = secret };
    }

    /// <summary>An event of about <paramref name="bytes"/> bytes.</summary>
    public static IDeviceEvent OfSize(int bytes) => new StateLost(new string('x', bytes));

    /// <summary>One to four events of different kinds and sizes, some of them larger than a page.</summary>
    public static List<IDeviceEvent> RandomBatch(Random random) =>
        [
            .. Enumerable
                .Range(0, random.Next(1, 5))
                .Select(_ =>
                    random.Next(20) == 0
                        ? OfSize(random.Next(10_000))
                        : EveryType[random.Next(EveryType.Count)]
                ),
        ];

    /// <summary>Everything that is written of an event, for comparison.</summary>
    public static string TextOf(IDeviceEvent happened)
    {
        var secret = (happened as ISecretBearing)?.Secret;
        return EventCatalogue.Device.NameOf(happened)
            + Encoding.UTF8.GetString(EventCatalogue.Device.Write(happened))
            + (secret is null ? "" : Encoding.UTF8.GetString(Secrets.ToBytes(secret)));
    }

    public static string TextOf(JournalEntry entry) => TextOf(entry.ToEvent());
}
