using System.Collections.Immutable;
using System.Threading.Channels;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Journal;
using Tillkeeper.Core;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Device;

/// <summary>
/// The one place where the terminal decides: commands come in one after the other, each first ends the waits that are over, and
/// nobody hears an answer before its events are on the disk.
/// </summary>
internal sealed partial class Till : IAsyncDisposable
{
    /// <summary>Commands that may wait; more callers wait to enter.</summary>
    private const int MostWaiting = 1024;

    /// <summary>The answer to nearly everything while the state is lost.</summary>
    public static readonly Refusal StateUnknown = new(
        RefusalKind.Locked,
        "state_unknown",
        "The terminal has lost its state; call support, two people of the provider can release it."
    );

    private readonly Channel<Work> waiting = Channel.CreateBounded<Work>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true }
    );
    private readonly TillMemory memory;
    private readonly DeviceClock clock;
    private readonly IReadOnlyList<ITillObserver> observers;
    private readonly ProgramEnd end;
    private readonly ILogger logger;
    private Task running = Task.CompletedTask;

    public Till(
        TillMemory memory,
        DeviceClock clock,
        IEnumerable<ITillObserver> observers,
        ProgramEnd end,
        ILogger<Till> logger
    )
    {
        this.memory = memory;
        this.clock = clock;
        this.observers = [.. observers];
        this.end = end;
        this.logger = logger;
    }

    /// <summary>Everything in it is durable, or stands because the state is lost.</summary>
    public DeviceState State => memory.State;

    /// <summary>True while the journal is lost and the server has not said where to go on.</summary>
    public bool IsLost => memory.Journal is null;

    /// <summary>The journal, to report from; null while the state is lost.</summary>
    public EventJournal? Journal => memory.Journal;

    /// <summary>Reads the journal and begins to take commands.</summary>
    public async Task OpenAsync()
    {
        memory.Open(clock.Now);
        running = Task.Run(RunAsync);
        await AskAsync(new Start(ProgramName.Text, NewId.Lock()));
    }

    /// <summary>Decides a command. Never abandoned half-way: what was begun is finished even when the caller has gone.</summary>
    public Task<TillAnswer> AskAsync(IDeviceCommand command) => DoAsync(() => Decide(command));

    /// <summary>Hears what the server holds: ends a loss, or finds that this journal is an old copy.</summary>
    public Task HearAsync(Acknowledged server) =>
        IsLost || memory.IsBehind(server) ? DoAsync(() => GoOn(server)) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await running;
    }

    private async Task<TillAnswer> DoAsync(Func<TillAnswer> act)
    {
        var work = new Work(
            act,
            new TaskCompletionSource<TillAnswer>(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        await waiting.Writer.WriteAsync(work);
        return await work.Done.Task;
    }

    private async Task RunAsync()
    {
        await foreach (var work in waiting.Reader.ReadAllAsync())
        {
            try
            {
                work.Done.SetResult(work.Act());
            }
            catch (IOException e)
            {
                // Nobody knows what the disk holds: only a new start, which reads it, can go on.
                LogBroken(e);
                waiting.Writer.TryComplete(e);
                end.Fail(ExitCodes.JournalBroken);
                work.Done.SetException(e);
                break;
            }
            catch (Exception e)
            {
                // A fault in deciding: nothing was written, nothing was applied; the caller's to report.
                work.Done.SetException(e);
            }
        }
        while (waiting.Reader.TryRead(out var late))
        {
            late.Done.SetCanceled(CancellationToken.None);
        }
    }

    private TillAnswer Decide(IDeviceCommand command)
    {
        var now = clock.Now;
        if (IsLost && command is not (IssueChallenge or Start or Tick or BookTime))
        {
            return new TillAnswer([], StateUnknown, State);
        }
        Commit(DeviceDecisions.Decide(State, new Tick(), now).Events, now);
        var decision = DeviceDecisions.Decide(State, WithShopTime(command, now), now);
        Commit(decision.Events, now);
        return new TillAnswer(decision.Events, decision.Refusal, State);
    }

    /// <summary>Whoever ends a sale need not know what the rules look at.</summary>
    private IDeviceCommand WithShopTime(IDeviceCommand command, DeviceNow now) =>
        command is EndSale { LocalTime: null } sale
            ? sale with
            {
                LocalTime = ShopTime.Of(State.Policy.NightTrading.Zone, now.Clock.Trusted),
            }
            : command;

    private TillAnswer GoOn(Acknowledged server)
    {
        var now = clock.Now;
        if (!IsLost && !memory.IsBehind(server))
        {
            return new TillAnswer([], null, State);
        }
        Tell([.. memory.GoOnAfter(server, now)]);
        return Decide(new Start(ProgramName.Text, NewId.Lock()));
    }

    private void Commit(ImmutableArray<IDeviceEvent> events, DeviceNow now)
    {
        if (!events.IsEmpty)
        {
            try
            {
                memory.Commit(events, now);
            }
            catch (Exception e) when (e is not IOException)
            {
                throw new JournalBrokenException(
                    "What is recorded and what is in force differ.",
                    e
                );
            }
            Tell(events);
        }
    }

    private void Tell(ImmutableArray<IDeviceEvent> events)
    {
        foreach (var observer in observers)
        {
            observer.Happened(events, State);
        }
    }

    private sealed record Work(Func<TillAnswer> Act, TaskCompletionSource<TillAnswer> Done);

    [LoggerMessage(LogLevel.Critical, "The journal cannot be written; the agent stops.")]
    private partial void LogBroken(Exception e);
}
