namespace Tillkeeper.Server.Notifications;

/// <summary>Something that somebody has to be told. Exactly one of the first four says whom it concerns.</summary>
/// <param name="At">When it happened.</param>
internal sealed record Happening(NotificationKind Kind, string About, DateTimeOffset At)
{
    public string? Terminal { get; init; }
    public string? Case { get; init; }
    public string? Merchant { get; init; }

    /// <summary>An alert of the provider's own people.</summary>
    public string? Alert { get; init; }

    /// <summary>The lock it is about; put into words in the reader's language.</summary>
    public Lock? Lock { get; init; }

    /// <summary>A moment that is promised; shown in the reader's zone.</summary>
    public DateTimeOffset? Expected { get; init; }

    /// <summary>What the templates name beside shop, terminal, times and titles. Nothing secret.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}
