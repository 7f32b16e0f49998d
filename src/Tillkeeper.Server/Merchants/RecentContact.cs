using System.Globalization;
using Tillkeeper.Core;
using Tillkeeper.Core.Policies;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Merchants;

/// <summary>
/// The days after a change of the contact on file (<c>identity.recentContactDays</c>): whoever wants to be called, or to be sent a code,
/// changes the contact first. Meanwhile nothing that the contact proves counts alone.
/// </summary>
internal static class RecentContact
{
    /// <summary>Is a change of the contact so recent that its word does not count alone?</summary>
    public static bool Covers(DateTimeOffset? changedAt, IdentityRule rule, DateTimeOffset now) =>
        changedAt is { } changed && now - changed < TimeSpan.FromDays(rule.RecentContactDays);

    /// <summary>Why the contact of a merchant proves nothing now; null when it does.</summary>
    public static Refusal? Hinders(Work work, string merchant, IdentityRule rule)
    {
        var changed = work.Load(MerchantStreams.Kind, merchant).ContactChangedAt;
        if (!Covers(changed, rule, work.Now))
        {
            return null;
        }
        var until = changed!.Value.AddDays(rule.RecentContactDays);
        var day = until.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return Refusal.Conflict(
            "contact_changed",
            $"The contact on file changed lately; by itself it proves nothing before {day}. Until then open a case: two people approve it."
        );
    }
}
