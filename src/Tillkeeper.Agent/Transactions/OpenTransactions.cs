using System.Buffers.Text;
using System.Security.Cryptography;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Agent.Transactions;

/// <param name="Since">By the boot clock, in milliseconds.</param>
internal sealed record OpenTransaction(
    string Id,
    long Since,
    Capability Capability,
    long? AmountMinor
);

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
    private readonly List<OpenTransaction> open = [];
    private int unwritten;

    public bool Any => Oldest is not null;

    /// <summary>
    /// One runs, or has ended and is not in the journal yet: until then nobody knows whether it left something unsettled.
    /// </summary>
    public bool AnyUnwritten
    {
        get
        {
            lock (gate)
            {
                Forget();
                return open.Count > 0 || unwritten > 0;
            }
        }
    }

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

    public string Begin(Capability capability, long? amountMinor = null)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        lock (gate)
        {
            Forget();
            if (open.Count == Most)
            {
                open.RemoveAt(0);
            }
            open.Add(new OpenTransaction(id, clock.Ms, capability, amountMinor));
        }
        return id;
    }

    /// <summary>What has ended; null when there is none of that id.</summary>
    public OpenTransaction? End(string id)
    {
        lock (gate)
        {
            var ended = open.Find(t => t.Id == id);
            open.RemoveAll(t => t.Id == id);
            return ended;
        }
    }

    /// <summary>The same; it counts as not written until <see cref="Written"/>.</summary>
    public OpenTransaction? EndUnwritten(string id)
    {
        lock (gate)
        {
            var ended = End(id);
            unwritten += ended is null ? 0 : 1;
            return ended;
        }
    }

    /// <summary>What came out of an ended one is in the journal, or never will be.</summary>
    public void Written()
    {
        lock (gate)
        {
            unwritten--;
        }
    }

    private void Forget()
    {
        var now = clock.Ms;
        open.RemoveAll(t => now - t.Since > Abandoned.TotalMilliseconds);
    }
}
