using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Campaigns;

/// <summary>Where a campaign stands.</summary>
[JsonConverter(typeof(SnakeCaseEnum<CampaignStatus>))]
public enum CampaignStatus
{
    /// <summary>It takes versions back and waits for the second person.</summary>
    Proposed,
    Running,
    Paused,
    Stopped,
    Finished,
}

/// <summary>A group and how its terminals are doing; the terminals themselves stand in a view.</summary>
/// <param name="Size">How many terminals are in it.</param>
/// <param name="Counts">How many stand at each step.</param>
/// <param name="Forgiven">Errors that a person has seen and gone on in spite of.</param>
public sealed record CampaignGroup(
    GroupRule Rule,
    int Size,
    ImmutableSortedDictionary<UpdateStep, int> Counts,
    bool Started = false,
    int Forgiven = 0
)
{
    public int At(UpdateStep step) => Counts.GetValueOrDefault(step);

    [JsonIgnore]
    public int Done => At(UpdateStep.Done);

    [JsonIgnore]
    public int Errors => Counts.Where(c => UpdateTable.IsError(c.Key)).Sum(c => c.Value);

    /// <summary>Offered to terminals that could still be stopped.</summary>
    [JsonIgnore]
    public int Open =>
        At(UpdateStep.Offered)
        + At(UpdateStep.Downloading)
        + At(UpdateStep.Downloaded)
        + At(UpdateStep.Waiting);

    /// <summary>Every terminal has come to an end.</summary>
    [JsonIgnore]
    public bool IsOver => Counts.Where(c => UpdateTable.IsOver(c.Key)).Sum(c => c.Value) == Size;

    [JsonIgnore]
    public bool HasSucceeded => Done >= Rule.Success * (Size - At(UpdateStep.Stopped));

    /// <summary>More has gone wrong than the rule allows, beyond what was forgiven.</summary>
    [JsonIgnore]
    public bool HasFailed => Errors > Forgiven && Errors - Forgiven >= Rule.Error * Size;

    internal CampaignGroup Move(UpdateStep? from, UpdateStep to, int many = 1)
    {
        var counts = from is { } left ? Counts.SetItem(left, At(left) - many) : Counts;
        return this with { Counts = counts.SetItem(to, counts.GetValueOrDefault(to) + many) };
    }
}

/// <summary>The fold of a campaign.</summary>
public sealed record CampaignState
{
    public static CampaignState Empty { get; } = new();

    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public string Place { get; init; } = "";
    public string ArtifactId { get; init; } = "";
    public Artifact? Artifact { get; init; }
    public MaintenanceWindow? Window { get; init; }
    public TimeSpan? ForcedAfter { get; init; }
    public bool Downgrade { get; init; }
    public string CreatedBy { get; init; } = "";
    public string? ApprovedBy { get; init; }
    public CampaignStatus Status { get; init; }

    /// <summary>Why it is paused or stopped.</summary>
    public string? Reason { get; init; }

    /// <summary>Who paused it; null when it did so by itself.</summary>
    public string? PausedBy { get; init; }
    public ImmutableList<CampaignGroup> Groups
    {
        get;
        init => field = value ?? [];
    } = [];

    [JsonIgnore]
    public bool Exists => Id.Length > 0;

    /// <summary>Terminals have to be offered the update, or stopped.</summary>
    [JsonIgnore]
    public bool NeedsDriving =>
        Status switch
        {
            CampaignStatus.Running => Groups.Exists(g => g.Started && g.At(UpdateStep.Planned) > 0),
            CampaignStatus.Paused or CampaignStatus.Stopped => Groups.Exists(g => g.Open > 0),
            _ => false,
        };

    /// <summary>The group that is at work, or the last one.</summary>
    [JsonIgnore]
    public int Current => Math.Max(0, Groups.FindLastIndex(g => g.Started));

    /// <summary>The people who agreed that versions go back.</summary>
    [JsonIgnore]
    public ImmutableArray<string> DowngradeBy =>
        Downgrade && ApprovedBy is { } second ? [CreatedBy, second] : [];

    public static CampaignState Apply(CampaignState state, ICampaignEvent happened) =>
        happened switch
        {
            CampaignCreated e => new CampaignState
            {
                Id = e.Campaign,
                Name = e.Name,
                Place = e.Place,
                ArtifactId = e.ArtifactId,
                Artifact = e.Artifact,
                Window = e.Window,
                ForcedAfter = e.ForcedAfter,
                Downgrade = e.Downgrade,
                CreatedBy = e.Person,
                Status = e.Downgrade ? CampaignStatus.Proposed : CampaignStatus.Running,
                Groups =
                [
                    .. e.Groups.Select(rule => new CampaignGroup(
                        rule,
                        0,
                        ImmutableSortedDictionary<UpdateStep, int>.Empty
                    )),
                ],
            },
            CampaignPlanned e => state.Change(
                e.Group,
                g =>
                    g.Move(null, UpdateStep.Planned, e.Terminals.Length) with
                    {
                        Size = g.Size + e.Terminals.Length,
                    }
            ),
            CampaignApproved e => state with
            {
                ApprovedBy = e.Person,
                Status = CampaignStatus.Running,
            },
            GroupStarted e => state.Change(e.Group, g => g with { Started = true }),
            CampaignMoved e => state.Change(e.Group, g => g.Move(e.From, e.To)),
            CampaignPaused e => state with
            {
                Status = CampaignStatus.Paused,
                Reason = e.Reason,
                PausedBy = e.Person,
            },
            CampaignResumed => state with
            {
                Status = CampaignStatus.Running,
                Reason = null,
                PausedBy = null,
                Groups = state.Groups.ConvertAll(g => g with { Forgiven = g.Errors }),
            },
            CampaignStopped e => state with { Status = CampaignStatus.Stopped, Reason = e.Reason },
            CampaignFinished => state with { Status = CampaignStatus.Finished },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };

    private CampaignState Change(int group, Func<CampaignGroup, CampaignGroup> change) =>
        this with
        {
            Groups = Groups.SetItem(group, change(Groups[group])),
        };
}
