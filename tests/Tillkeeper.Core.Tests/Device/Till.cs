using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Tests.Device;

/// <summary>
/// A terminal in a test: decides, journals, applies. Every event goes through its JSON, as it would through a journal. Its clock
/// moves only when told to; the real time, which only a signed answer tells it, moves along.
/// </summary>
internal sealed class Till
{
    public const string Id = "7Q2M4K9X1B";
    public const string Manager = "m1";
    public const string Cashier = "c1";
    private const int Epoch = 3;
    private int boot = 1;
    private long ms = 5_000;
    private bool hasHeard = true;
    private int locks;

    public DeviceState State { get; set; } =
        DeviceState.Empty with
        {
            Terminal = Id,
            Epoch = Epoch,
        };

    public DateTimeOffset Real { get; private set; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public List<IDeviceEvent> Journal { get; } = [];

    public Refusal? Refusal { get; private set; }

    public DeviceTime Clock => new($"boot-{boot}", ms, hasHeard ? Real : null);

    public DeviceNow Now => new(Clock, Real);

    /// <summary>Signing in as a manager and a cashier is possible.</summary>
    public static Till Staffed(Policy? policy = null)
    {
        var till = new Till();
        till.State = till.State with { Policy = policy ?? till.State.Policy };
        till.Do(new SetUp(Manager, Name("01"), Passcode()));
        till.Hire(Cashier, "02");
        return till;
    }

    public static OperatorSecret Name(string name) => new([1], Name: name);

    public static OperatorSecret Passcode() => new([2], Verifier: new([3], 1, [4]));

    public void Hire(string id, string name, OperatorRole role = OperatorRole.Cashier)
    {
        Do(new AddOperator(id, role, Name(name)));
        Do(new SetPasscode(id, Passcode(), false));
    }

    /// <summary>Ends what has waited long enough, then decides; the events are applied. Returns the events of the command.</summary>
    public IReadOnlyList<IDeviceEvent> Do(IDeviceCommand command)
    {
        Keep(DeviceDecisions.Decide(State, new Tick(), Now));
        var decision = DeviceDecisions.Decide(State, command, Now);
        Keep(decision);
        Refusal = decision.Refusal;
        return [.. decision.Events];
    }

    public string? Code(IDeviceCommand command)
    {
        Do(command);
        return Refusal?.Code;
    }

    /// <summary>Types a wrong passcode; the code of the refusal when it was not even counted.</summary>
    public string? Wrong(string operatorId, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            if (Code(new BeginAttempt(operatorId)) is { } refused)
            {
                return refused;
            }
            Do(new EndAttempt(operatorId, false, NewLockId()));
        }
        return null;
    }

    public string? Right(string operatorId) =>
        Code(new BeginAttempt(operatorId)) ?? Code(new EndAttempt(operatorId, true, NewLockId()));

    public Lock PauseOf(string operatorId) =>
        Assert.IsType<DeviceLock>(State.PauseOf(operatorId)).Lock;

    public Lock TheLock() => Assert.Single(State.ActiveLocks);

    public Lock TerminalLock() => Assert.Single(State.ActiveLocks, l => l.Subject.IsTerminal);

    public string NewLockId() => $"TK{++locks:D7}0";

    public void Pass(TimeSpan time)
    {
        ms += (long)time.TotalMilliseconds;
        Real += time;
    }

    /// <summary>The power is off for a while. Time is trusted again only once the terminal has heard from the server.</summary>
    public void PowerCut(TimeSpan off = default, bool hears = false)
    {
        Real += off;
        boot++;
        ms = 5_000;
        hasHeard = hears;
        Do(new Start("1.0", NewLockId()));
    }

    public void Hears() => hasHeard = true;

    public void HearsNothing() => hasHeard = false;

    /// <summary>The next order in turn, as the server would number it.</summary>
    public Order Next(string kind) =>
        new()
        {
            Terminal = Id,
            Epoch = Epoch,
            Number = State.LastOrder + 1,
            Kind = kind,
            IssuedAt = Real,
        };

    public Order LockOrder(string lockId, Cause cause = Cause.Remote)
    {
        var rule = LockTable.Of(cause);
        return Next(OrderKind.Lock) with
        {
            LockId = lockId,
            Lock = new OrderedLock
            {
                Cause = cause,
                Scope = rule.Scope,
                WaysOut = rule.WaysOut,
                Since = Real,
            },
        };
    }

    public Order ReleaseOrder(string lockId, WayOut way = WayOut.ProviderRelease) =>
        Next(OrderKind.Release) with
        {
            LockId = lockId,
            WayOut = way,
        };

    public Order ResetOrder(string lockId) =>
        Next(OrderKind.PasscodeReset) with
        {
            LockId = lockId,
            WayOut = WayOut.PasswordReset,
        };

    public IDeviceEvent Apply(Order order, KeySet? keys = null) =>
        Do(new ApplyOrder(order, keys))[^1];

    /// <summary>Shows a challenge and types the code that support would read out for it.</summary>
    public string? TypeCode(string lockId, CodeEffect? effect)
    {
        Do(new IssueChallenge(lockId, "N0NCE"));
        return Code(new BeginCode(lockId)) ?? Code(new EndCode(lockId, effect));
    }

    private void Keep(Decision<IDeviceEvent> decision)
    {
        foreach (var happened in decision.Events)
        {
            Journal.Add(happened);
            State = DeviceFold.Apply(State, Journalled(happened));
        }
    }

    private static IDeviceEvent Journalled(IDeviceEvent happened)
    {
        var catalogue = EventCatalogue.Device;
        var read = catalogue.Read(catalogue.NameOf(happened), catalogue.Write(happened));
        var secret = (happened as ISecretBearing)?.Secret;
        return read switch
        {
            OperatorAdded e => e with { Secret = secret },
            PasscodeSet e => e with { Secret = secret },
            _ => (IDeviceEvent)read,
        };
    }
}
