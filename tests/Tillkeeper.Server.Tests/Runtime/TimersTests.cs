using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging.Abstractions;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Tests.Pki;

namespace Tillkeeper.Server.Tests.Runtime;

public sealed class TimersTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private readonly FakeTime clock = new(Start);
    private readonly Bell bell = new();
    private readonly Log log;
    private TimerRounds rounds;

    public TimersTests()
    {
        log = new Log(clock);
        rounds = NewRounds();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        rounds.Dispose();
        await log.DisposeAsync();
    }

    [Fact]
    public async Task It_fires_when_it_is_due_and_not_before_and_once()
    {
        await SetAsync("a", Start.AddMinutes(1));
        Assert.Equal(0, await rounds.Round());
        clock.Now = Start.AddMinutes(1);
        Assert.Equal(1, await rounds.Round());
        Assert.Equal(0, await rounds.Round());
        Assert.Equal(["a"], bell.Rung);
    }

    [Fact]
    public async Task It_survives_a_restart()
    {
        await SetAsync("a", Start.AddMinutes(1));
        await RestartAsync();
        clock.Now = Start.AddHours(1);
        await rounds.Round();
        Assert.Equal(["a"], bell.Rung);
    }

    [Fact]
    public async Task A_cancelled_one_never_fires_and_a_moved_one_fires_at_its_new_time()
    {
        await SetAsync("cancelled", Start.AddMinutes(1));
        await SetAsync("moved", Start.AddMinutes(1));
        await SetAsync("cancelled", null);
        await SetAsync("moved", Start.AddMinutes(3));
        clock.Now = Start.AddMinutes(2);
        await rounds.Round();
        Assert.Empty(bell.Rung);
        clock.Now = Start.AddMinutes(3);
        await rounds.Round();
        Assert.Equal(["moved"], bell.Rung);
    }

    [Fact]
    public async Task One_that_fails_is_tried_again_after_pauses_that_double_and_is_never_lost()
    {
        bell.Broken = true;
        await SetAsync("a", Start);
        List<TimeSpan> tried = [];
        for (var second = 0; second < 70; second++)
        {
            clock.Now = Start.AddSeconds(second);
            var before = bell.Tries;
            await rounds.Round();
            if (bell.Tries > before)
            {
                tried.Add(clock.Now - Start);
            }
        }
        Assert.Equal([0, 2, 6, 14, 30, 62], tried.Select(t => t.TotalSeconds));

        bell.Broken = false;
        clock.Now = Start.AddHours(1);
        Assert.Equal(1, await rounds.Round());
        Assert.Equal(["a"], bell.Rung);
    }

    [Fact]
    public async Task One_that_fails_holds_up_nobody_else_however_many_there_are()
    {
        bell.Refused = "bad";
        for (var i = 0; i < TimerRounds.AtOnce + 10; i++)
        {
            await SetAsync($"bad-{i}", Start);
        }
        await SetAsync("good", Start.AddMilliseconds(1));
        clock.Now = Start.AddSeconds(1);
        await rounds.Round();
        await rounds.Round();
        Assert.Equal(["good"], bell.Rung);
    }

    [Fact]
    public async Task A_handler_that_leaves_its_timer_due_is_not_called_in_every_round()
    {
        bell.Idle = true;
        await SetAsync("a", Start);
        for (var second = 0; second < 10; second++)
        {
            clock.Now = Start.AddSeconds(second);
            await rounds.Round();
        }
        Assert.Equal(3, bell.Tries);
    }

    [Fact]
    public async Task A_round_is_bounded_and_the_next_goes_on()
    {
        for (var i = 0; i < TimerRounds.AtOnce + 1; i++)
        {
            await SetAsync($"k{i}", Start);
        }
        Assert.Equal(TimerRounds.AtOnce, await rounds.Round());
        Assert.Equal(1, await rounds.Round());
    }

    [Fact]
    public async Task A_kind_that_nobody_handles_waits_for_a_version_that_does()
    {
        await SetAsync("a", Start);
        rounds.Dispose();
        using TimerRounds deaf = new(
            [],
            log.Appender,
            log.Database,
            clock,
            NullLogger<TimerRounds>.Instance
        );
        Assert.Equal(0, await deaf.Round());
        rounds = NewRounds();
        Assert.Equal(1, await rounds.Round());
    }

    private Task<bool> SetAsync(string key, DateTimeOffset? due) =>
        log.Run(work =>
        {
            work.Append(Alarms.Kind, key, key, [new AlarmSet(due)]);
            return true;
        });

    private async Task RestartAsync()
    {
        rounds.Dispose();
        await log.Restart();
        rounds = NewRounds();
    }

    private TimerRounds NewRounds() =>
        new([bell], log.Appender, log.Database, clock, NullLogger<TimerRounds>.Instance);

    /// <summary>Notes what rang, and switches it off.</summary>
    private sealed class Bell : ITimerHandler
    {
        public string Kind => Alarms.Timer;
        public List<string> Rung { get; } = [];
        public int Tries { get; private set; }
        public bool Broken { get; set; }
        public bool Idle { get; set; }
        public string? Refused { get; set; }

        public void Fire(Work work, string key)
        {
            Tries++;
            if (
                Broken || (Refused is not null && key.StartsWith(Refused, StringComparison.Ordinal))
            )
            {
                throw new InvalidOperationException("The bell is broken.");
            }
            if (!Idle)
            {
                work.Append(Alarms.Kind, key, key, [new AlarmSet(null)]);
                Rung.Add(key);
            }
        }
    }
}

/// <param name="Due">Null: switched off.</param>
internal sealed record AlarmSet(DateTimeOffset? Due = null);

internal sealed record Alarm(int Changes = 0);

[JsonSerializable(typeof(Alarm))]
[JsonSerializable(typeof(AlarmSet))]
internal sealed partial class AlarmJson : JsonSerializerContext;

/// <summary>A kind of stream that sets a timer and nothing else.</summary>
internal static class Alarms
{
    public const string Timer = "alarm";

    public static StreamKind<Alarm, AlarmSet> Kind { get; } =
        new(
            "alarm",
            new EventCatalogue(("alarm.set.v1", AlarmJson.Default.AlarmSet)),
            AlarmJson.Default.Alarm,
            new Alarm(),
            (state, _) => new Alarm(state.Changes + 1),
            (views, p) =>
            {
                if (p.Happened.Due is { } due)
                {
                    Timers.Set(views, Timer, p.Id, due);
                }
                else
                {
                    Timers.Cancel(views, Timer, p.Id);
                }
            }
        );
}
