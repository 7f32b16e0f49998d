namespace Tillkeeper.Agent.Hooks;

/// <summary>
/// What the hooks have heard of one lock: first that it began, then that it ended. A begin that fails is tried again until the lock
/// ends; the end is tried until it is heard, for behind it a door may still be shut.
/// </summary>
internal sealed class HookLane(Lock about, HookMoment moment)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private readonly HashSet<string> done = new(StringComparer.Ordinal);
    private bool endWanted = moment == HookMoment.Ended;

    public Lock About { get; } = about;
    public HookMoment Moment { get; private set; } = moment;

    /// <summary>Failed tries of this moment.</summary>
    public int Attempts { get; private set; }

    /// <summary>When it is to be tried, by the boot clock; null while there is nothing to do.</summary>
    public long? Due { get; private set; } = 0;

    /// <summary>The hooks that failed at the last try, and why.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; private set; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Everybody has heard of the end.</summary>
    public bool IsOver => Moment == HookMoment.Ended && Due is null;

    public bool HasHeard(string hook) => done.Contains(hook);

    public void Heard(string hook) => done.Add(hook);

    /// <summary>The lock has ended. The begin has its first try before that, so that no hook hears of an end alone.</summary>
    public void End()
    {
        endWanted = true;
        if (Moment == HookMoment.Begun && (Due is null || Attempts > 0))
        {
            TurnToEnd();
        }
    }

    /// <summary>A try is over.</summary>
    public void Tried(IReadOnlyDictionary<string, string> problems, long now)
    {
        Problems = problems;
        if (Moment == HookMoment.Begun && endWanted)
        {
            TurnToEnd();
        }
        else if (problems.Count == 0)
        {
            (Due, Attempts) = (null, 0);
        }
        else
        {
            var seconds = Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(Attempts, 20)));
            Attempts++;
            Due = now + (long)(seconds * 1000);
        }
    }

    private void TurnToEnd()
    {
        (Moment, Due, Attempts) = (HookMoment.Ended, 0, 0);
        done.Clear();
    }
}
