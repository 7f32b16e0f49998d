using Microsoft.Extensions.Logging.Abstractions;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Merchants;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Tests.Runtime;
using Person = Tillkeeper.Server.People.Person;

namespace Tillkeeper.Server.Tests.Policies;

/// <summary>A change comes to every terminal once, however often the server dies while it is brought out.</summary>
public sealed class RolloutTests : IAsyncLifetime
{
    private const int Terminals = PolicyRollout.AtOnce * 3 + 8;
    private static readonly Person Admin = new("ADMIN", "Admin", Role.Admin, Person.Root, "");
    private readonly Log log = new();

    [Fact]
    public async Task After_a_crash_in_the_middle_the_rest_is_told_and_nobody_twice()
    {
        await Enrol();
        var rollout = NewRollout(out var changes);
        await Set(changes, "wrongPassword: {attempts: 4}");
        Assert.True(await rollout.Step());
        Assert.Equal(PolicyRollout.AtOnce, await Ordered());

        await log.Restart();
        rollout = NewRollout(out changes);
        Assert.True(await rollout.Step());
        Assert.Equal(2 * PolicyRollout.AtOnce, await Ordered());

        await log.Restart();
        rollout = NewRollout(out changes);
        await Finish(rollout);
        Assert.Equal(Terminals, await Ordered());
        Assert.Equal(
            Terminals,
            log.Elsewhere<int>("SELECT COUNT(DISTINCT terminal) FROM orders WHERE kind = 'policy'")
        );
        var progress = log.Elsewhere<string>(
            "SELECT checked || ' ' || ordered || ' ' || skipped FROM policy_rollouts WHERE done_at IS NOT NULL"
        );
        Assert.Equal($"{Terminals} {Terminals} 0", progress);
    }

    [Fact]
    public async Task A_change_on_top_of_one_that_is_half_out_leaves_every_terminal_at_the_newer()
    {
        await Enrol();
        var rollout = NewRollout(out var changes);
        await Set(changes, "wrongPassword: {attempts: 4}");
        await rollout.Step();
        await Set(changes, "wrongPassword: {attempts: 3}");
        await Finish(rollout);
        // Those that had the older one are told again, the others only once.
        Assert.Equal(Terminals + PolicyRollout.AtOnce, await Ordered());
        Assert.Equal(
            """{"wrongPassword.attempts":3}""",
            log.Elsewhere<string>("SELECT group_concat(DISTINCT essence) FROM terminal_policies")
        );
    }

    private static async Task Finish(PolicyRollout rollout)
    {
        var steps = 0;
        while (await rollout.Step())
        {
            Assert.True(++steps < 100, "It never ends.");
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => log.DisposeAsync();

    private PolicyRollout NewRollout(out PolicyChanges changes)
    {
        PolicyBook book = new();
        changes = new PolicyChanges(new PolicyReach(book));
        return new(
            log.Appender,
            log.Database,
            new PolicyOrders(book),
            log.Tail,
            TimeProvider.System,
            NullLogger<PolicyRollout>.Instance
        );
    }

    private async Task Set(PolicyChanges changes, string document)
    {
        PolicyBody body = new(document, "test");
        var (done, refusal) = await log.Run(work =>
            changes.Put(work, PolicyTarget.Parse("provider")!, body, body.ToFile(), null, Admin)
        );
        Assert.Null(refusal);
        Assert.True(done!.Changed);
    }

    private Task<int> Ordered() =>
        Task.FromResult(
            log.Elsewhere<int>($"SELECT COUNT(*) FROM orders WHERE kind = '{OrderKind.Policy}'")
        );

    private Task<bool> Enrol() =>
        log.Run(work =>
        {
            work.Append(
                MerchantStreams.Kind,
                "M",
                "M",
                [new MerchantCreated("M", "/M/", "Shop", default, "1", "", "")]
            );
            for (var i = 0; i < Terminals; i++)
            {
                var id = $"T{i:D4}";
                TerminalProfile profile = new() { MerchantId = "M", Model = "T1" };
                work.Append(
                    TerminalStreams.Kind,
                    id,
                    id,
                    [
                        new TerminalRegistered(id, $"S{i}", profile),
                        new TerminalEnrolled(1, "key", "certificate"),
                    ]
                );
            }
            return true;
        });
}
