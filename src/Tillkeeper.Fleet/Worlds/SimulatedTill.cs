using System.Globalization;
using Tillkeeper.Core;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Fleet.Worlds;

/// <summary>
/// A terminal without a network: the real decisions and the real fold on a clock that moves only when told to. Everything in it follows
/// from its seed.
/// </summary>
internal sealed class SimulatedTill
{
    private readonly Random random;
    private int boots = 1;
    private long ms = 60_000;

    public SimulatedTill(Random random, Policy policy)
    {
        this.random = random;
        State = DeviceState.Empty with { Terminal = NewId(), Epoch = 1, Policy = policy };
        Do(new Start("simulated", NewId()));
    }

    public DeviceState State { get; private set; }

    /// <summary>The real time of day at the shop, in UTC.</summary>
    public DateTimeOffset Time { get; private set; } = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Told of everything that happens.</summary>
    public Action<IDeviceEvent>? Happened { get; set; }

    public DeviceNow Now =>
        new(new DeviceTime($"boot-{boots.ToString(CultureInfo.InvariantCulture)}", ms, Time), Time);

    public string NewId()
    {
        Span<byte> bytes = stackalloc byte[7];
        random.NextBytes(bytes);
        return Crockford.Id(bytes);
    }

    /// <summary>Ends the waits that are over, decides, applies.</summary>
    public Refusal? Do(IDeviceCommand command)
    {
        Commit(DeviceDecisions.Decide(State, new Tick(), Now));
        var decision = DeviceDecisions.Decide(State, command, Now);
        Commit(decision);
        return decision.Refusal;
    }

    public void Pass(TimeSpan time)
    {
        ms += (long)time.TotalMilliseconds;
        Time += time;
    }

    /// <summary>Switched off and on again: the boot clock starts anew, the time of day is known from the server.</summary>
    public void Reboot(TimeSpan off)
    {
        Time += off;
        boots++;
        ms = 30_000;
        Do(new Start("simulated", NewId()));
    }

    /// <summary>Somebody at the provider looks at it and releases it, or one lock would keep all later ones from being seen.</summary>
    public void ReleaseWhatPeopleMay()
    {
        foreach (
            var standing in State.ActiveLocks.Where(l => l.WaysOut.Contains(WayOut.ProviderRelease))
        )
        {
            Do(
                new ApplyOrder(
                    new Order
                    {
                        Terminal = State.Terminal,
                        Epoch = State.Epoch,
                        Number = State.LastOrder + 1,
                        Kind = OrderKind.Release,
                        IssuedAt = Time,
                        LockId = standing.Id,
                        WayOut = WayOut.ProviderRelease,
                    }
                )
            );
        }
    }

    private void Commit(Decision<IDeviceEvent> decision)
    {
        foreach (var happened in decision.Events)
        {
            State = DeviceFold.Apply(State, happened);
            Happened?.Invoke(happened);
        }
    }
}
