using System.Text.Json;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Core.Tests.Device;

namespace Tillkeeper.Core.Tests.Terminals;

/// <summary>
/// The server's record of a terminal and the terminal itself, with the line between them under the test's control. The state goes
/// through JSON after every event, as a snapshot would.
/// </summary>
internal sealed class Line
{
    public static readonly TerminalProfile Profile = new() { MerchantId = "m1", Model = "A920" };
    private readonly List<Order> sent = [];
    private readonly Dictionary<long, string> hashes = [];
    private int reported;

    public TerminalState State { get; private set; } = TerminalState.Empty;

    public Till Till { get; private set; } = new();

    public List<ITerminalEvent> Log { get; } = [];

    public Refusal? Refusal { get; private set; }

    public DateTimeOffset Now => Till.Real;

    public static Line Enrolled()
    {
        var line = new Line();
        line.Do(new RegisterTerminal(Till.Id, "SN-0001", Profile));
        line.Enrol();
        line.Staff();
        return line;
    }

    /// <summary>A code, and a device that has never been anything else.</summary>
    public void Enrol()
    {
        var code = $"code{Log.Count}";
        Do(new IssueEnrolmentCode(code, Now.AddDays(1)));
        Assert.Null(Code(new EnrolTerminal(code, $"key{Log.Count}", "01")));
        Till = new Till();
        Till.State = Till.State with { Epoch = State.Epoch };
        reported = 0;
        hashes.Clear();
    }

    public void Staff()
    {
        Till.Do(new SetUp(Till.Manager, Till.Name("01"), Till.Passcode()));
        Till.Hire(Till.Cashier, "02");
        Report();
    }

    public IReadOnlyList<ITerminalEvent> Do(ITerminalCommand command)
    {
        var decision = TerminalDecisions.Decide(State, command, Now);
        foreach (var happened in decision.Events)
        {
            Keep(happened);
        }
        Refusal = decision.Refusal;
        return decision.Events;
    }

    public string? Code(ITerminalCommand command)
    {
        Do(command);
        return Refusal?.Code;
    }

    public string Lock(string id, Cause cause = Cause.Remote)
    {
        Assert.Null(Code(new OrderLock(id, cause, null, "because", null, null)));
        return id;
    }

    public string? Release(
        string id,
        string person = "risk",
        WayOut way = WayOut.ProviderRelease
    ) => Code(new OrderRelease(id, way, person, "settled"));

    /// <summary>The terminal takes every order it has not had, then reports.</summary>
    public void Sync()
    {
        foreach (var order in Waiting())
        {
            Till.Do(new ApplyOrder(order));
        }
        Report();
    }

    public IReadOnlyList<Order> Waiting() =>
        [.. sent.Where(o => o.Epoch == State.Epoch && o.Number > Till.State.LastOrder)];

    public void Report() =>
        Assert.Null(Code(new Report(NewEvents(), hashes.GetValueOrDefault, "B000000001")));

    /// <summary>What the terminal has journalled and not reported.</summary>
    public IReadOnlyList<TerminalReported> NewEvents()
    {
        List<TerminalReported> events = [];
        var (seq, prev) = (State.ReportedSeq, State.ReportedHash);
        foreach (var happened in Till.Journal.Skip(reported))
        {
            var next = Uplink(happened, ++seq, prev);
            events.Add(next);
            prev = next.Hash;
        }
        reported = Till.Journal.Count;
        return events;
    }

    public static TerminalReported Uplink(IDeviceEvent happened, long seq, string prev)
    {
        const string at = "2026-03-01T08:00:00.000Z";
        var type = EventCatalogue.Device.NameOf(happened);
        var data = EventCatalogue.Device.Write(happened);
        using var json = JsonDocument.Parse(data);
        var hash = JournalChain.Hash(prev, seq, type, at, data);
        return new TerminalReported(seq, prev, hash, type, at, json.RootElement.Clone());
    }

    /// <summary>Like the terminal: an event that it makes up.</summary>
    public void Claim(IDeviceEvent happened)
    {
        Till.Journal.Add(happened);
        Report();
    }

    /// <summary>The terminal's disk is gone; it goes on with the numbers that the server knows.</summary>
    public void LoseState(string lockId)
    {
        Till = new Till();
        Till.State = Till.State with { Epoch = State.Epoch };
        reported = 0;
        Till.Do(new LoseState(lockId, "unreadable"));
        Report();
    }

    public Lock The(string id) => State.Locks[id].Lock;

    public string? KnownHash(long seq) => hashes.GetValueOrDefault(seq);

    private void Keep(ITerminalEvent happened)
    {
        Log.Add(happened);
        if (happened is OrderIssued issued)
        {
            sent.Add(issued.Order);
        }
        if (happened is TerminalReported taken)
        {
            hashes[taken.Seq] = taken.Hash;
        }
        var catalogue = EventCatalogue.Terminal;
        var read = catalogue.Read(catalogue.NameOf(happened), catalogue.Write(happened));
        State = Copy(TerminalFold.Apply(State, (ITerminalEvent)read));
    }

    private static TerminalState Copy(TerminalState state) =>
        JsonSerializer.Deserialize(
            JsonSerializer.SerializeToUtf8Bytes(state, CoreJson.Default.TerminalState),
            CoreJson.Default.TerminalState
        )!;
}
