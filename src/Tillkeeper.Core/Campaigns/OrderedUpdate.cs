using System.Collections.Immutable;

namespace Tillkeeper.Core.Campaigns;

/// <summary>What an <c>update</c> order tells the terminal to install, and when it may.</summary>
public sealed record OrderedUpdate
{
    public required string Campaign { get; init; }
    public required Artifact Artifact { get; init; }

    /// <summary>Installed only while it is open, until <see cref="ForcedAt"/>; null means at any time.</summary>
    public MaintenanceWindow? Window { get; init; }

    /// <summary>From then on it is installed outside the window too, but never during a transaction.</summary>
    public DateTimeOffset? ForcedAt { get; init; }

    /// <summary>How long the shop will be closed for it, as far as the server has seen.</summary>
    public required TimeSpan Estimate { get; init; }

    /// <summary>Who ordered that the version goes back: two people, or nobody and then it must not.</summary>
    public ImmutableArray<string> DowngradeBy
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    public bool MayGoBack => DowngradeBy.Distinct(StringComparer.Ordinal).Count() >= 2;

    /// <summary>What is wrong with it, or null.</summary>
    public Refusal? Check() =>
        Artifact.Check()
        ?? Window?.Check()
        ?? (
            Estimate > TimeSpan.Zero && Estimate <= TimeSpan.FromDays(1)
                ? null
                : Refusal.Invalid("estimate", "Use up to P1D.")
        );
}
