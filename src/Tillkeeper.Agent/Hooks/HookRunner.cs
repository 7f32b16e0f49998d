using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Commands;
using Tillkeeper.Agent.Device;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Hooks;
using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Agent.Hooks;

/// <summary>
/// Tells the world outside about locks (G2): one hook at a time, in order per lock, each until it succeeds. At least once: after a
/// start it tells again of every lock that stands, and of the end of those that it told of and that are gone.
/// </summary>
internal sealed partial class HookRunner(
    Till till,
    HookFolder hooks,
    LockNews news,
    ToldLocks told,
    DeviceClock clock,
    ILogger<HookRunner> logger
)
{
    /// <summary>How long one hook may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private const int MostLanes = 1000;
    private const int LongestProblem = 160;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Asleep = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, HookLane> lanes = new(StringComparer.Ordinal);
    private volatile FailingHookView[] failing = [];

    /// <summary>The hooks that did not do their work so far.</summary>
    public IReadOnlyList<FailingHookView> Failing => failing;

    public async Task RunAsync(CancellationToken stop)
    {
        if (!hooks.IsGiven)
        {
            return;
        }
        Begin();
        while (!stop.IsCancellationRequested)
        {
            Hear();
            var now = clock.Ms;
            var next = lanes.Values.Where(l => l.Due is not null).MinBy(l => l.Due);
            if (next is { Due: { } due } && due <= now)
            {
                await TellAsync(next, stop);
            }
            else
            {
                await news.WaitAsync(next is null ? Asleep : BetweenLooks, stop);
            }
        }
    }

    private void Begin()
    {
        if (!told.Load())
        {
            LogNoteDamaged();
        }
        var standing = till.State.ActiveLocks.ToDictionary(l => l.Id, StringComparer.Ordinal);
        foreach (var gone in told.All.Where(l => !standing.ContainsKey(l.Id)))
        {
            lanes[gone.Id] = new HookLane(gone, HookMoment.Ended);
        }
        foreach (var l in Lock.GravestFirst(standing.Values))
        {
            lanes[l.Id] = new HookLane(l, HookMoment.Begun);
        }
    }

    private void Hear()
    {
        foreach (var happened in news.Take())
        {
            if (happened is LockEnded ended)
            {
                lanes.GetValueOrDefault(ended.LockId)?.End();
            }
            else if (happened is LockBegun { Lock: var begun } && !lanes.ContainsKey(begun.Id))
            {
                if (lanes.Count == MostLanes)
                {
                    LogTooMany(begun.Id);
                    continue;
                }
                lanes[begun.Id] = new HookLane(begun, HookMoment.Begun);
            }
        }
    }

    private async Task TellAsync(HookLane lane, CancellationToken stop)
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            await TellAllAsync(lane, problems, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogFolder(e);
            problems[HookFolder.FolderOf(lane.Moment)] = "the folder or the note cannot be used";
        }
        lane.Tried(problems, clock.Ms);
        if (lane.IsOver)
        {
            lanes.Remove(lane.About.Id);
        }
        Show();
    }

    private async Task TellAllAsync(
        HookLane lane,
        Dictionary<string, string> problems,
        CancellationToken stop
    )
    {
        var all = hooks.Of(lane.Moment);
        if (lane.Moment == HookMoment.Begun)
        {
            told.Add(lane.About);
        }
        foreach (var hook in all.Where(h => !lane.HasHeard(h.Name)))
        {
            var problem = hook.Problem ?? await RunAsync(hook, lane, stop);
            if (problem is null)
            {
                lane.Heard(hook.Name);
            }
            else
            {
                problems[hook.Name] = problem;
            }
            await NoteAsync(hook.Name, lane.About.Id, problem);
        }
        await ForgetRemovedAsync(lane, all);
        if (lane.Moment == HookMoment.Ended && problems.Count == 0)
        {
            told.Remove(lane.About.Id);
        }
    }

    private async Task<string?> RunAsync(Hook hook, HookLane lane, CancellationToken stop)
    {
        var environment = HookEnvironment.Of(lane.Moment, lane.About, till.State);
        var result = await Supervised.RunAsync(
            new CommandLine(hook.Path, [], environment, Limit),
            stop
        );
        var said = OneLine(result.Errors.Length > 0 ? result.Errors : result.Output);
        if (result.Problem is null)
        {
            LogRan(hook.Name, lane.About.Id, said);
            return null;
        }
        LogFailed(hook.Name, lane.About.Id, result.Problem, said);
        return said.Length == 0 ? result.Problem : OneLine($"{result.Problem}: {said}");
    }

    /// <summary>To the journal, and so to the server, goes only what is new.</summary>
    private async Task NoteAsync(string hook, string lockId, string? problem)
    {
        if (problem is not null != till.State.FailingHooks.ContainsKey(hook))
        {
            await till.AskAsync(new HookRan(hook, lockId, problem));
        }
    }

    /// <summary>A hook that was taken away does not fail any more.</summary>
    private async Task ForgetRemovedAsync(HookLane lane, IReadOnlyList<Hook> all)
    {
        var folder = HookFolder.FolderOf(lane.Moment) + "/";
        var removed = till.State.FailingHooks.Keys.Where(name =>
            name.StartsWith(folder, StringComparison.Ordinal) && all.All(h => h.Name != name)
        );
        foreach (var name in removed.ToList())
        {
            await NoteAsync(name, lane.About.Id, null);
        }
    }

    private void Show() =>
        failing = [
            .. lanes.Values.SelectMany(l =>
                l.Problems.Select(p => new FailingHookView(
                    p.Key,
                    l.About.Id,
                    p.Value,
                    l.Attempts,
                    Math.Max(0, ((l.Due ?? 0) - clock.Ms) / 1000)
                ))
            ),
        ];

    /// <summary>What somebody's script says goes no further than a line, and never with a card number in it.</summary>
    private static string OneLine(string said)
    {
        var words = said.Split(
            (char[]?)null,
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        var line = CardNumbers.Mask(string.Join(' ', words));
        return line.Length <= LongestProblem ? line : line[..LongestProblem];
    }
}
