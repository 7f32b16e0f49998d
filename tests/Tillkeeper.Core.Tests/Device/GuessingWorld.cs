using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Tests.Device;

/// <summary>
/// One seeded schedule: clients that type at the same terminal, a manager, time, and power cuts that keep only a part of what was being
/// written. Beside it an oracle that knows nothing of the fold counts what was evaluated.
/// </summary>
internal sealed class GuessingWorld
{
    /// <summary>What the oracle allows; the policy in force says the same unless a test lifts it.</summary>
    private static readonly WrongPasswordRule Limit = new()
    {
        Attempts = 3,
        ResetAfter = 7,
        TerminalAttempts = 9,
    };
    private readonly Random random;
    private readonly string[] operators;
    private readonly Dictionary<string, int> sincePause = [];
    private readonly Dictionary<string, int> sinceSuccess = [];
    private DeviceState state;
    private string? judging;
    private int sinceTerminalLock;
    private long ms;
    private int boot;
    private int ids;

    public GuessingWorld(int seed, int operators, WrongPasswordRule? inForce = null)
    {
        random = new Random(seed);
        this.operators = [.. Enumerable.Range(0, operators).Select(i => $"op{i}")];
        state = DeviceState.Empty with { Policy = new Policy { WrongPassword = inForce ?? Limit } };
        foreach (var id in this.operators)
        {
            var role = id == "op0" ? OperatorRole.Manager : OperatorRole.Cashier;
            Keep(new OperatorAdded(id, role, "", Now.Clock) { Secret = Till.Name(id) });
            Keep(new PasscodeSet(id, PasscodeOrigin.SetUp, "") { Secret = Till.Passcode() });
        }
    }

    public int Evaluated { get; private set; }

    public int Locked { get; private set; }

    /// <summary>Which limit was passed, or null.</summary>
    public string? Broken { get; private set; }

    private DeviceNow Now => new(new DeviceTime($"{boot}", ms), DateTimeOffset.UnixEpoch);

    /// <summary>Every client tries again and again until it is told that the operator is locked; no time passes.</summary>
    public void Race(int clients)
    {
        List<int> waiting = [.. Enumerable.Range(0, clients)];
        int? judged = null;
        while (waiting.Count > 0)
        {
            var client = waiting[random.Next(waiting.Count)];
            if (client == judged)
            {
                Do(new EndAttempt(operators[^1], false, NextId()));
                judged = null;
                continue;
            }
            var decision = DeviceDecisions.Decide(state, new BeginAttempt(operators[^1]), Now);
            foreach (var counted in decision.Events)
            {
                Keep(counted);
                Evaluate(operators[^1]);
                judged = client;
            }
            if (decision.Refusal?.Code == "locked")
            {
                waiting.Remove(client);
            }
        }
    }

    public void Step()
    {
        switch (random.Next(20))
        {
            case 0:
                PowerCut();
                break;
            case 1:
                ms += random.Next(2) == 0 ? 60_000 : 31 * 60_000;
                Do(new Tick());
                break;
            default:
                if (judging is null)
                {
                    Begin(Someone());
                }
                else if (random.Next(4) == 0)
                {
                    Begin(Someone());
                }
                else
                {
                    End();
                }
                break;
        }
    }

    private string Someone() =>
        random.Next(10) switch
        {
            0 => $"stranger{random.Next(3)}",
            < 6 => operators[^1],
            _ => operators[random.Next(operators.Length)],
        };

    private void Begin(string operatorId)
    {
        var decision = DeviceDecisions.Decide(state, new BeginAttempt(operatorId), Now);
        if (decision.Accepted && Written(decision))
        {
            judging = operatorId;
            Evaluate(operatorId);
        }
    }

    private void End()
    {
        var right = operators.Contains(judging) && random.Next(12) == 0;
        var decision = DeviceDecisions.Decide(
            state,
            new EndAttempt(judging!, right, NextId()),
            Now
        );
        judging = null;
        Written(decision);
    }

    /// <summary>Writes the events, unless the power is cut in the middle of it: then a part of them is there afterwards.</summary>
    private bool Written(Decision<IDeviceEvent> decision)
    {
        var cut = random.Next(15) == 0 ? random.Next(decision.Events.Length) : -1;
        for (var i = 0; i < decision.Events.Length; i++)
        {
            if (i == cut)
            {
                PowerCut();
                return false;
            }
            Keep(decision.Events[i]);
        }
        return true;
    }

    private void PowerCut()
    {
        judging = null;
        boot++;
        ms = 0;
        var start = DeviceDecisions.Decide(state, new Start("1.0", NextId()), Now);
        Written(start);
    }

    private void Do(IDeviceCommand command)
    {
        foreach (var happened in DeviceDecisions.Decide(state, command, Now).Events)
        {
            Keep(happened);
        }
    }

    private void Evaluate(string typed)
    {
        var id = operators.Contains(typed) ? typed : "any stranger";
        Evaluated++;
        var pause = sincePause[id] = sincePause.GetValueOrDefault(id) + 1;
        var success = sinceSuccess[id] = sinceSuccess.GetValueOrDefault(id) + 1;
        sinceTerminalLock++;
        Broken ??= (pause, success, sinceTerminalLock) switch
        {
            (> 3, _, _) => $"{pause} guesses at {id} since the last pause",
            (_, > 7, _) when operators.Contains(id) => $"{success} guesses at {id} since a success",
            (_, _, > 9) => $"{sinceTerminalLock} guesses at the terminal",
            _ => null,
        };
    }

    private void Keep(IDeviceEvent happened)
    {
        if (happened is OperatorSignedIn signedIn)
        {
            // The guess that was right is none.
            (sincePause[signedIn.Operator], sinceSuccess[signedIn.Operator]) = (0, 0);
            sinceTerminalLock--;
            // A name that nobody bears hides no passcode: with somebody signed in, it was a slip.
            sincePause["any stranger"] = 0;
        }
        if (happened is LockEnded ended)
        {
            var over = state.Locks[ended.LockId].Lock;
            sincePause[over.Evidence.Operator ?? "any stranger"] = 0;
            sinceTerminalLock = over.Subject.IsTerminal ? 0 : sinceTerminalLock;
        }
        Locked += happened is LockBegun ? 1 : 0;
        state = DeviceFold.Apply(state, happened);
    }

    private string NextId() => $"L{++ids:D8}0";
}
