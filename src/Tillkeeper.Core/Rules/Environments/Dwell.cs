namespace Tillkeeper.Core.Rules.Environments;

/// <summary>A condition that counts, and stops counting, only once it has held for a while.</summary>
/// <param name="Counts">What counts now.</param>
/// <param name="Since">Since when the opposite is seen; null while it is not.</param>
public readonly record struct Dwell(bool Counts, DateTimeOffset? Since = null)
{
    public Dwell See(bool condition, TimeSpan length, DateTimeOffset now)
    {
        if (condition == Counts)
        {
            return new Dwell(Counts);
        }
        var since = Since ?? now;
        return now - since >= length ? new Dwell(condition) : new Dwell(Counts, since);
    }

    /// <summary>When to look again at the latest; null when only a change matters.</summary>
    public DateTimeOffset? LookAgain(TimeSpan length) => Since + length;
}
