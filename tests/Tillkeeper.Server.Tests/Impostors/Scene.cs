using System.Text;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Tests.Policies;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>
/// One shop with one locked terminal, before anybody, honest or not, does anything. The terminal decides by the same pure core as a real one
/// and talks through the server's real doors: whether its lock ends is asked of the terminal itself, of nobody else.
/// </summary>
internal sealed class Scene : IDisposable
{
    public const string Manager = "m1";
    public const string Cashier = "c1";
    private static readonly OperatorSecret Passcode = new([2], Verifier: new([3], 1, [4]));
    private DeviceState state;

    private Scene(RunningServer server, DoorTerminal terminal)
    {
        Server = server;
        Terminal = terminal;
        state = DeviceState.Empty with { Terminal = terminal.Id, Epoch = 1 };
    }

    public RunningServer Server { get; }
    public DoorTerminal Terminal { get; }
    public string LockId { get; private set; } = "";
    public Cause Cause { get; private set; }
    public required string Merchant { get; init; }
    public required TestPerson Keeper { get; init; }
    public required TestPerson Helpdesk { get; init; }
    public required TestPerson Risk { get; init; }
    public required TestPerson SecondRisk { get; init; }

    /// <summary>Where the messages to the shop's phone arrive.</summary>
    public TestGateway? Sms { get; init; }

    /// <summary>The terminal's own clock, which an attack may turn.</summary>
    public DeviceTime Clock { get; set; } = Shop.Clock;

    /// <summary>The lock has ended, by what the terminal itself knows.</summary>
    public bool IsReleased => !state.Locks.ContainsKey(LockId);

    public string Path => $"/api/v1/terminals/{Terminal.Id}";

    public static async Task<Scene> Set(
        RunningServer server,
        Cause cause,
        string policy = "",
        Func<Scene, Task>? begin = null,
        TestGateway? sms = null
    )
    {
        var merchant = await Shop.NewMerchant(server, null, "Noodle shop");
        Scene scene = new(server, await DoorTerminal.Enrol(server, merchant))
        {
            Merchant = merchant,
            Keeper = await server.Person("merchant", merchant),
            Helpdesk = await server.Person("helpdesk"),
            Risk = await server.Person("risk"),
            SecondRisk = await server.Person("risk"),
            Sms = sms,
        };
        if (policy.Length > 0)
        {
            await server.Admin.Set($"merchant:{merchant}", policy);
            await scene.Sync();
        }
        await scene.Lock(cause, begin);
        return scene;
    }

    /// <summary>Takes the orders that wait, verified as every terminal verifies them, and reports what became of them.</summary>
    public async Task Sync()
    {
        if ((await Terminal.Poll()).Code == "terminal_revoked")
        {
            return;
        }
        foreach (var order in await Terminal.Orders(state.LastOrder))
        {
            await Do(new ApplyOrder(order));
        }
    }

    /// <summary>This lock is what the scene is about.</summary>
    public void Adopt(string lockId) => LockId = lockId;

    /// <summary>Orders brought by hand, as somebody at the till would paste them.</summary>
    public async Task Bring(IEnumerable<string> orders)
    {
        foreach (var jws in orders)
        {
            if (OrderEnvelope.Open(jws, Terminal.OrderKeys) is { Order: { } order })
            {
                await Do(new ApplyOrder(order));
            }
        }
    }

    /// <summary>The pending orders as the helpdesk exports them.</summary>
    public async Task<string[]> Exported()
    {
        var answer = await Risk.Get($"{Path}/orders?format=jws");
        return
        [
            .. answer
                .Expect(200)
                .Json.GetProperty("orders")
                .EnumerateArray()
                .Select(o =>
                    o.ValueKind == System.Text.Json.JsonValueKind.String
                        ? o.GetString()!
                        : o.GetProperty("jws").GetString()!
                ),
        ];
    }

    /// <summary>What the screen shows for the lock.</summary>
    public async Task<string> Challenge()
    {
        await Do(
            new IssueChallenge(LockId, TestTerminal.NewId()[..Core.Codes.Challenge.NonceLength])
        );
        return Shown().Text(Terminal.CodeKey);
    }

    /// <summary>Types a code at the terminal.</summary>
    public async Task Type(string code)
    {
        if (state.Locks.GetValueOrDefault(LockId)?.Challenge is null)
        {
            await Challenge();
        }
        if ((await Do(new BeginCode(LockId))) is null)
        {
            var proven = OfflineCode.Evaluate(
                Terminal.CodeKey,
                Shown().Text(Terminal.CodeKey),
                code
            );
            await Do(new EndCode(LockId, proven));
        }
    }

    /// <summary>Somebody tries a passcode at the till.</summary>
    public async Task SignIn(string operatorId, bool right)
    {
        if ((await Do(new BeginAttempt(operatorId))) is null)
        {
            await Do(new EndAttempt(operatorId, right, TestTerminal.NewId()));
        }
    }

    /// <summary>A case for the lock, opened by somebody who says they are from the shop.</summary>
    public async Task<string> Case(TestPerson by, string wayOut, string? challenge = null)
    {
        var opened = await by.Post(
            "/api/v1/cases",
            new
            {
                terminalId = Terminal.Id,
                lockId = challenge is null ? LockId : null,
                challenge,
                wayOut,
                applicant = new { name = "Wang Wei", phone = "139 1234 5678" },
            }
        );
        return opened.Expect(201).Text("id");
    }

    public static Task<Answer> Decide(TestPerson by, string caseId, string decision = "approve") =>
        by.Post($"/api/v1/cases/{caseId}/decision", new { decision, reason = "papers seen" });

    /// <summary>The code that support reads out, or nothing.</summary>
    public static async Task<string?> Code(TestPerson by, string caseId, string challenge)
    {
        var answer = await by.Post($"/api/v1/cases/{caseId}/offline-code", new { challenge });
        return answer.Status == 200 ? answer.Text("code") : null;
    }

    /// <summary>A further key for somebody who has one.</summary>
    public async Task<TestPerson> FurtherKey(TestPerson of, string role)
    {
        var made = await Server.Admin.Post(
            "/api/v1/keys",
            new
            {
                name = "The same",
                role,
                person = of.Id,
            }
        );
        return new TestPerson(of.Id, Server.Client(Server.People, made.Expect(201).Text("key")));
    }

    /// <summary>The repaired terminal comes back as a new one: its old state, the lock in it included, stays behind.</summary>
    public async Task EnrolAgain()
    {
        var code = await Server.Admin.Post($"{Path}/enrolment-codes", new { });
        var enrolled = (await Terminal.Enrol(code.Expect(201).Text("enrolmentCode"))).Expect(201);
        state = DeviceState.Empty with
        {
            Terminal = Terminal.Id,
            Epoch = enrolled.Json.GetProperty("epoch").GetInt32(),
        };
    }

    /// <summary>Another lock of the same cause, after the first one has ended.</summary>
    public async Task LockAgain()
    {
        if (Cause is not Cause.WrongPassword)
        {
            await OrderLock();
            return;
        }
        // Some day later: in between the cashier has signed in, and the count begins anew.
        await SignIn(Cashier, right: true);
        await GuessWrong();
    }

    /// <summary>The terminal decides. The code of the refusal, or null.</summary>
    /// <param name="shown">What a clock on the wall says; nothing is decided by it.</param>
    public async Task<string?> Do(IDeviceCommand command, DateTimeOffset? shown = null)
    {
        var now = new DeviceNow(Clock, shown ?? DateTimeOffset.UtcNow);
        var decision = DeviceDecisions.Decide(state, command, now);
        await Say([.. decision.Events]);
        return decision.Refusal?.Code;
    }

    public void Dispose() => Terminal.Dispose();

    private async Task Lock(Cause cause, Func<Scene, Task>? begin)
    {
        Cause = cause;
        await Do(new SetUp(Manager, Name("01"), Passcode));
        await Do(new AddOperator(Cashier, OperatorRole.Cashier, Name("02")));
        await Do(new SetPasscode(Cashier, Passcode, false));
        if (begin is not null)
        {
            await begin(this);
        }
        else if (cause is Cause.Remote or Cause.Maintenance)
        {
            await OrderLock();
        }
        else if (cause is Cause.WrongPassword)
        {
            await GuessWrong();
        }
        else
        {
            LockId = TestTerminal.NewId();
            await Say(Shop.Raise(LockId, cause));
        }
        Assert.False(IsReleased);
    }

    private async Task GuessWrong()
    {
        for (var i = 0; i < state.Policy.WrongPassword.Attempts; i++)
        {
            await SignIn(Cashier, right: false);
        }
        LockId = state.PauseOf(Cashier)!.Lock.Id;
    }

    private async Task OrderLock()
    {
        var body = new { cause = Words.Of(Cause), reason = "refund burst" };
        var locker = await Server.Locker();
        LockId = (await locker.Post($"{Path}/locks", body)).Expect(202).Text("lockId");
        await Sync();
    }

    private Challenge Shown() =>
        new(Cause, Terminal.Id, LockId, state.Locks[LockId].Challenge!.Nonce);

    private async Task Say(params IDeviceEvent[] events)
    {
        foreach (var happened in events)
        {
            state = DeviceFold.Apply(state, happened);
        }
        if (events.Length > 0)
        {
            await Terminal.Report(events);
        }
    }

    private static OperatorSecret Name(string name) =>
        new(Encoding.UTF8.GetBytes(name), Name: name);
}
