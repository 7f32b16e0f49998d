using Tillkeeper.Core;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.People.SignIn;

/// <summary>
/// The counter of wrong tries: durable before a try is judged, so that a thousand at once are still counted one by one. A device that has
/// signed in to the account before has a counter of its own: strangers who guess can make each other wait, never the person whose account it
/// is (OWASP ASVS 5.0 6.1.1). What is refused while one waits is not counted.
/// </summary>
internal static class Attempts
{
    /// <summary>All devices that the account does not know share one counter.</summary>
    public const string Strangers = "";
    private const int Free = 5;
    private const int Most = 10;
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    /// <summary>PCI DSS 4.0 8.3.4: at least thirty minutes after ten.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(30);

    /// <summary>Counters that nobody touches are forgotten; the wait is long over then.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Counts one try. A refusal means that it must not be looked at.</summary>
    /// <param name="who">The commitment to the login, whether or not it exists.</param>
    /// <param name="tries">Which one since the last success it is.</param>
    public static Refusal? Count(Work work, byte[] who, string device, out int tries)
    {
        var (before, last) = work
            .Views.Query(
                "SELECT tries, last_at FROM sign_in_tries WHERE who = $1 AND device = $2",
                row => (row.GetInt32(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))),
                who,
                device
            )
            .FirstOrDefault();
        tries = before + 1;
        var until = last + WaitAfter(before);
        if (before >= Free && work.Now < until)
        {
            var minutes = (int)Math.Ceiling((until - work.Now).TotalMinutes);
            return new Refusal(
                RefusalKind.Locked,
                "sign_in_delayed",
                $"Too many wrong tries. Try again in {minutes} minutes, or from a device you have signed in from before."
            );
        }
        var count = tries;
        work.Beside(v =>
        {
            v.Write(
                "INSERT OR REPLACE INTO sign_in_tries VALUES ($1, $2, $3, $4)",
                who,
                device,
                count,
                work.Now.ToUnixTimeMilliseconds()
            );
            v.Write(
                "DELETE FROM sign_in_tries WHERE last_at < $1",
                (work.Now - Kept).ToUnixTimeMilliseconds()
            );
        });
        return null;
    }

    /// <summary>It was right: this device begins anew. Whoever guesses elsewhere does not.</summary>
    public static void Forget(Work work, byte[] who, string device) =>
        work.Beside(v =>
            v.Write("DELETE FROM sign_in_tries WHERE who = $1 AND device = $2", who, device)
        );

    /// <summary>Whether this many tries lead to a wait; each time it grows.</summary>
    public static bool Delays(int tries) => tries >= Free;

    private static TimeSpan WaitAfter(int tries) =>
        tries >= Most ? LongWait : Wait * (1 << Math.Max(0, tries - Free));
}
