using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Crisis;
using Tillkeeper.Server.Merchants;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Runtime;

namespace Tillkeeper.Server.Tests.Crisis;

/// <summary>The undoing step by step, on a log without a server around it.</summary>
public sealed class UndoingTests : IAsyncLifetime
{
    private const string Crisis = "C000000001";
    private const int Count = (Undoing.AtOnce * 2) + 10;
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private readonly FakeTime clock = new(Start);
    private readonly Log log;

    public UndoingTests() => log = new Log(clock);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => log.DisposeAsync();

    [Fact]
    public async Task After_a_crash_in_the_middle_it_goes_on_and_releases_each_lock_once()
    {
        await LockAsync(RuleName.Environment);
        await OrderAsync(RuleName.Environment);
        Assert.Equal(1, await RoundAsync());
        Assert.Equal(Undoing.AtOnce, Releases().Count);
        await log.Restart();
        await FinishAsync();
        Assert.Equal(Count, Releases().Count);
        Assert.All(Releases(), terminal => Assert.Equal(1, terminal.Orders));
        Assert.Equal(CrisisStatus.Undone, (await StateAsync()).Status);
        Assert.Equal(Count, (await StateAsync()).Outcomes["ordered"]);
    }

    [Fact]
    public async Task Where_a_release_takes_two_people_it_is_the_two_who_decided()
    {
        await LockAsync(RuleName.Location);
        await OrderAsync(RuleName.Location);
        await FinishAsync();
        Assert.Equal(Count, Releases().Count);
        var people = log.Elsewhere<long>(
            """SELECT count(*) FROM events WHERE type = 'terminal.release_ordered.v1' AND data ->> '$.people' = '["ann","bob"]'"""
        );
        Assert.Equal(Count, people);
    }

    /// <summary>A rule judged by the server locks many terminals.</summary>
    private async Task LockAsync(RuleName rule)
    {
        await log.Run(work =>
        {
            work.Append(MerchantStreams.Kind, "M", "M", [Merchant]);
            return true;
        });
        await log.Run(work =>
        {
            for (var i = 0; i < Count; i++)
            {
                var id = TestTerminal.NewId();
                Decide(work, id, new RegisterTerminal(id, $"SN{i:0000000000}", Profile));
                Decide(work, id, new IssueEnrolmentCode($"code {i}", Start.AddDays(1)));
                Decide(work, id, new EnrolTerminal($"code {i}", "key", "serial"));
                Decide(
                    work,
                    id,
                    new FindRule(rule, FindingEffect.Lock, Evidence.None, TestTerminal.NewId())
                );
            }
            return true;
        });
    }

    private Task<bool> OrderAsync(RuleName rule) =>
        log.Run(work =>
        {
            Crises.Open(
                work,
                new CrisisOpened(Crisis, Start, Count, Count, "test", Stopped: true, rule)
            );
            work.Append(
                CrisisStreams.Kind,
                Crisis,
                Crisis,
                [new UndoOrdered(["ann", "bob"], "wrong", work.Now)]
            );
            return true;
        });

    private async Task FinishAsync()
    {
        int fired;
        do
        {
            fired = await RoundAsync();
        } while (fired > 0);
    }

    private async Task<int> RoundAsync()
    {
        clock.Now = clock.Now.AddMilliseconds(10);
        using TimerRounds rounds = new(
            [new Undoing()],
            log.Appender,
            log.Database,
            clock,
            NullLogger<TimerRounds>.Instance
        );
        return await rounds.Round();
    }

    private List<(string Terminal, long Orders)> Releases() =>
        log.Database.Read(c =>
            c.Query<(string, long)>(
                    "SELECT terminal, count(*) FROM orders WHERE kind = 'release' GROUP BY terminal"
                )
                .AsList()
        );

    private Task<CrisisState> StateAsync() =>
        log.Run(work => work.Load(CrisisStreams.Kind, Crisis));

    private static void Decide(Work work, string id, ITerminalCommand command) =>
        Assert.Null(
            work.Decide(
                TerminalStreams.Kind,
                id,
                id,
                s => TerminalDecisions.Decide(s, command, work.Now)
            ).Refusal
        );

    private static MerchantCreated Merchant { get; } =
        new("M", "/M/", "Shop", IdentityKind.Other, "SHOP-1", "none", "none");

    private static TerminalProfile Profile { get; } = new() { MerchantId = "M", Model = "T1" };
}
