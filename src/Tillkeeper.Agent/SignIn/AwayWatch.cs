using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Transactions;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.SignIn;

/// <summary>Locks a till that somebody is signed in at and nobody touches (C8; PCI DSS 4.0 8.2.8).</summary>
internal sealed class AwayWatch(
    Till till,
    Sessions sessions,
    OpenTransactions transactions,
    Activity activity
)
{
    public async Task LookAsync()
    {
        var after = till.State.Policy.Away.IdleAfter;
        if (after > TimeSpan.Zero && sessions.Any && !transactions.Any && activity.Idle >= after)
        {
            await till.AskAsync(new LockAway(NewId.Lock(), "idle"));
        }
    }
}
