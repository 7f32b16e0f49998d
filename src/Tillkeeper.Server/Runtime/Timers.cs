namespace Tillkeeper.Server.Runtime;

/// <summary>
/// Things that happen by themselves at a certain time. A timer is a row of a view: a projection sets and cancels it, so it outlives every
/// restart and is rebuilt with the log. When it is due, <see cref="TimerRounds"/> runs its handler as a command like any other.
/// </summary>
internal static class Timers
{
    /// <summary>Sets the timer, or moves it when it is set already. Only from a projection.</summary>
    /// <param name="kind">Which handler; one timer of a kind for each <paramref name="key"/>.</param>
    public static void Set(Views views, string kind, string key, DateTimeOffset due) =>
        views.Write(
            "INSERT INTO timers VALUES ($1, $2, $3) ON CONFLICT (kind, key) DO UPDATE SET due = excluded.due",
            kind,
            key,
            due.ToUnixTimeMilliseconds()
        );

    /// <summary>Cancels the timer; nothing happens when it is not set. Only from a projection.</summary>
    public static void Cancel(Views views, string kind, string key) =>
        views.Write("DELETE FROM timers WHERE kind = $1 AND key = $2", kind, key);
}

/// <summary>What happens when a timer of one kind is due.</summary>
internal interface ITimerHandler
{
    string Kind { get; }

    /// <summary>
    /// Decides what is due, as one command of the server. It appends events whose projection cancels the timer or sets it to a later time; a
    /// timer that is still due afterwards counts as failed, and so does an exception: both are tried again, less and less often.
    /// </summary>
    void Fire(Work work, string key);
}
