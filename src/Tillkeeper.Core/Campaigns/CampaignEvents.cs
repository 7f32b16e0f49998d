using System.Collections.Immutable;

namespace Tillkeeper.Core.Campaigns;

/// <summary>Something that happened to a campaign.</summary>
public interface ICampaignEvent;

/// <summary>One part of a rollout, and what decides about the next.</summary>
/// <param name="Share">Of all terminals, above 0 to 1; the last group takes what is left.</param>
/// <param name="Success">The share of the group that must have succeeded before the next group begins.</param>
/// <param name="Error">The share of the group that pauses the rollout when it went wrong there.</param>
public sealed record GroupRule(double Share, double Success, double Error);

/// <summary>A campaign was made.</summary>
/// <param name="Place">Where in the tree it stands.</param>
/// <param name="ArtifactId">The artifact's record.</param>
/// <param name="ForcedAfter">How long after its offer an update waits for the window; null: for ever.</param>
/// <param name="Downgrade">It takes versions back, and needs a second person to begin.</param>
public sealed record CampaignCreated(
    string Campaign,
    string Name,
    string Place,
    string ArtifactId,
    Artifact Artifact,
    ImmutableArray<GroupRule> Groups,
    string Person,
    MaintenanceWindow? Window = null,
    TimeSpan? ForcedAfter = null,
    bool Downgrade = false,
    string? Reason = null
) : ICampaignEvent;

/// <summary>Terminals were put into a group (counted from 0).</summary>
public sealed record CampaignPlanned(int Group, ImmutableArray<string> Terminals) : ICampaignEvent;

/// <summary>The second of two people agreed that versions go back.</summary>
public sealed record CampaignApproved(string Person, string Reason) : ICampaignEvent;

/// <summary>The terminals of a group get their offers from now on.</summary>
public sealed record GroupStarted(int Group) : ICampaignEvent;

/// <summary>A terminal got on, one way or the other.</summary>
/// <param name="Code">Why it failed, or what it waits for.</param>
/// <param name="Took">How long the shop was closed.</param>
/// <param name="Estimate">How long it had been told that it would be.</param>
public sealed record CampaignMoved(
    string Terminal,
    int Group,
    UpdateStep From,
    UpdateStep To,
    string? Code = null,
    TimeSpan? Took = null,
    TimeSpan? Estimate = null
) : ICampaignEvent;

/// <param name="Person">Null: the rollout paused itself.</param>
public sealed record CampaignPaused(string Reason, string? Person = null) : ICampaignEvent;

public sealed record CampaignResumed(string Person, string Reason) : ICampaignEvent;

/// <summary>For good.</summary>
public sealed record CampaignStopped(string Person, string Reason) : ICampaignEvent;

/// <summary>Every terminal of every group has come to an end.</summary>
public sealed record CampaignFinished : ICampaignEvent;
