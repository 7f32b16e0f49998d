using Microsoft.Extensions.Logging.Abstractions;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Runtime;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Tests.Watch;

/// <summary>The seam: raising, counting, clearing, reminding.</summary>
public sealed class AlertsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private static readonly NewAlert Smoke = new("smoke", "smoke/1", Severity.High, "/");
    private static readonly string First = Alerts.IdOf("smoke/1", 1);
    private static readonly string Second = Alerts.IdOf("smoke/1", 2);
    private readonly FakeTime clock = new(Start);
    private readonly Log log;

    public AlertsTests() => log = new Log(clock);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => log.DisposeAsync();

    [Fact]
    public async Task The_same_again_is_a_further_occurrence_of_the_open_alert()
    {
        await RaiseAsync();
        await log.Run(work =>
        {
            Alerts.Raise(work, Smoke);
            Alerts.Raise(work, Smoke);
            return true;
        });
        var alert = await StateAsync(First);
        Assert.Equal((AlertStatus.Open, 3), (alert.Status, alert.Occurrences));
        Assert.Equal(1, log.Elsewhere<long>("SELECT count(*) FROM alerts"));
    }

    [Fact]
    public async Task Two_of_one_key_raised_in_one_command_are_one_alert()
    {
        await log.Run(work =>
        {
            Alerts.Raise(work, Smoke);
            Alerts.Raise(work, Smoke);
            return true;
        });
        Assert.Equal(2, (await StateAsync(First)).Occurrences);
    }

    [Fact]
    public async Task After_it_was_settled_the_same_again_is_a_new_alert()
    {
        await RaiseAsync();
        await SettleAsync(First);
        await RaiseAsync();
        await RaiseAsync();
        Assert.Equal(AlertStatus.Settled, (await StateAsync(First)).Status);
        Assert.Equal(2, (await StateAsync(Second)).Occurrences);
    }

    [Fact]
    public async Task What_is_gone_is_not_settled_and_comes_back_as_itself()
    {
        await RaiseAsync();
        await ClearAsync();
        Assert.Equal(AlertStatus.Gone, (await StateAsync(First)).Status);
        await ClearAsync();
        clock.Now = Start.AddHours(2);
        await RaiseAsync();
        var again = await StateAsync(First);
        Assert.Equal((AlertStatus.Open, 2), (again.Status, again.Occurrences));
        Assert.Equal(clock.Now.AddHours(1), again.Due);
    }

    [Fact]
    public async Task Clearing_what_was_never_raised_or_is_settled_does_nothing()
    {
        await ClearAsync();
        await RaiseAsync();
        await SettleAsync(First);
        await ClearAsync();
        Assert.Equal(AlertStatus.Settled, (await StateAsync(First)).Status);
        Assert.Equal(2, log.Elsewhere<long>("SELECT count(*) FROM events"));
    }

    [Theory]
    [InlineData(Severity.Critical, 15)]
    [InlineData(Severity.High, 60)]
    [InlineData(Severity.Medium, 480)]
    [InlineData(Severity.Low, 4320)]
    public async Task It_is_due_according_to_its_severity(Severity severity, int minutes)
    {
        await RaiseAsync(Smoke with { Severity = severity });
        Assert.Equal(Start.AddMinutes(minutes), (await StateAsync(First)).Due);
    }

    [Fact]
    public async Task An_overdue_one_is_marked_and_told_again_less_and_less_often()
    {
        using TimerRounds rounds = new(
            [new AlertReminder()],
            log.Appender,
            log.Database,
            clock,
            NullLogger<TimerRounds>.Instance
        );
        await RaiseAsync();
        List<double> told = [];
        for (var minute = 0; minute <= 600; minute += 10)
        {
            clock.Now = Start.AddMinutes(minute);
            if (await rounds.Round() == 1)
            {
                told.Add(minute);
            }
        }
        Assert.Equal([60, 120, 240, 480], told);
        Assert.Equal(4, (await StateAsync(First)).Overdue);

        await SettleAsync(First);
        clock.Now = Start.AddDays(30);
        Assert.Equal(0, await rounds.Round());
    }

    [Fact]
    public async Task One_that_is_gone_or_a_notice_is_never_overdue()
    {
        await RaiseAsync();
        await ClearAsync();
        await RaiseAsync(Smoke with { Key = "other", Severity = Severity.Notice });
        Assert.Equal(0, log.Elsewhere<long>("SELECT count(*) FROM timers"));
    }

    [Fact]
    public async Task Facts_are_bounded()
    {
        var many = Enumerable
            .Range(0, 100)
            .ToDictionary(i => $"f{i:000}", _ => new string('x', 5000), StringComparer.Ordinal);
        await RaiseAsync(Smoke with { Facts = many });
        var facts = (await StateAsync(First)).Facts;
        Assert.Equal(24, facts.Count);
        Assert.All(facts.Values, value => Assert.Equal(200, value.Length));
    }

    private Task<bool> RaiseAsync(NewAlert? alert = null) =>
        log.Run(work =>
        {
            Alerts.Raise(work, alert ?? Smoke);
            return true;
        });

    private Task<bool> ClearAsync() =>
        log.Run(work =>
        {
            Alerts.Clear(work, Smoke.Key);
            return true;
        });

    private Task<bool> SettleAsync(string id) =>
        log.Run(work =>
        {
            work.Append(AlertStreams.Kind, id, id, [new AlertSettled("P", "seen")]);
            return true;
        });

    private Task<AlertState> StateAsync(string id) =>
        log.Run(work => work.Load(AlertStreams.Kind, id));
}
