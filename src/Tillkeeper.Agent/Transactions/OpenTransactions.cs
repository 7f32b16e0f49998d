using System.Buffers.Text;
using System.Security.Cryptography;
using Tillkeeper.Agent.Clock;

namespace Tillkeeper.Agent.Transactions;

/// <summary>
/// The transactions that run now. In memory: whatever ends the agent ends them. One that nobody ends is taken for abandoned after a
/// while, or a payment program that died would keep its till from ever locking when left alone.
/// </summary>
internal sealed class OpenTransactions(DeviceClock clock)
{
    private const int Most = 16;
    private const int IdBytes = 9;
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(15);
    private readonly System.Threading.Lock gate = new();
    private readonly List<(string Id, long Since)> open = [];

    public bool Any => Oldest is not null;

    /// <summary>Since when the longest of them runs, in milliseconds of the boot clock; null when there is none.</summary>
    public long? Oldest
    {
        get
        {
            lock (gate)
            {
                Forget();
                return open.Count > 0 ? open[0].Since : null;
            }
        }
    }

    public string Begin()
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        lock (gate)
        {
            Forget();
            if (open.Count == Most)
            {
                open.RemoveAt(0);
            }
            open.Add((id, clock.Ms));
        }
        return id;
    }

    /// <summary>False when there is none of that id.</summary>
    public bool End(string id)
    {
        lock (gate)
        {
            return open.RemoveAll(t => t.Id == id) > 0;
        }
    }

    private void Forget()
    {
        var now = clock.Ms;
        open.RemoveAll(t => now - t.Since > Abandoned.TotalMilliseconds);
    }
}
