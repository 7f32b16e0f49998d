using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Tillkeeper.Core.Repairs;

/// <summary>The fold of a repair.</summary>
public sealed record RepairState
{
    public static RepairState Empty { get; } = new();

    /// <summary>How often a terminal may change hands in one repair.</summary>
    public const int MostHandOvers = 50;

    public string Id { get; init; } = "";
    public string Terminal { get; init; } = "";
    public RepairStatus Status { get; init; }
    public RepairOpened? Opening { get; init; }
    public RepairDispatched? Dispatch { get; init; }

    /// <summary>Null until somebody has seen who the repairer of <see cref="Dispatch"/> is.</summary>
    public RepairerIdentified? Identity { get; init; }

    /// <summary>The chain of custody, oldest first.</summary>
    public ImmutableList<RepairHandedOver> Custody
    {
        get;
        init => field = value ?? [];
    } = [];
    public RepairFinished? Finish { get; init; }

    /// <summary>The last self-test since the terminal is back in the shop.</summary>
    public RepairSelfTested? Tested { get; init; }

    /// <summary>The first of two people who accept the return, while the second is awaited.</summary>
    public string? AcceptRequestedBy { get; init; }
    public ImmutableList<string> AcceptedBy
    {
        get;
        init => field = value ?? [];
    } = [];

    [JsonIgnore]
    public bool Exists => Id.Length > 0;

    /// <summary>True while something may still come of it.</summary>
    [JsonIgnore]
    public bool IsUnsettled =>
        Exists && Status is RepairStatus.Open or RepairStatus.Dispatched or RepairStatus.Finished;

    [JsonIgnore]
    public Holder Holder => Custody.IsEmpty ? Holder.Shop : Custody[^1].To;

    /// <summary>Since when it is back in the shop with the work done; null when it is not.</summary>
    [JsonIgnore]
    public DateTimeOffset? ReturnedAt =>
        Status == RepairStatus.Finished && Holder == Holder.Shop ? Custody[^1].At : null;

    /// <summary>What is known of the warranty now.</summary>
    [JsonIgnore]
    public WarrantyVerdict? Warranty => Finish?.Warranty ?? Opening?.Warranty;

    public static RepairState Apply(RepairState state, IRepairEvent happened) =>
        happened switch
        {
            RepairOpened e => new RepairState
            {
                Id = e.Repair,
                Terminal = e.Terminal,
                Opening = e,
            },
            RepairDispatched e => state with
            {
                Status = RepairStatus.Dispatched,
                Dispatch = e,
                Identity = null,
            },
            RepairerIdentified e => state with { Identity = e },
            // What was tested and accepted before it went out again says nothing about how it comes back.
            RepairHandedOver e => state with
            {
                Custody = state.Custody.Add(e),
                Tested = null,
                AcceptRequestedBy = null,
            },
            RepairFinished e => state with
            {
                Status =
                    e.Result == RepairResult.Unrepairable
                        ? RepairStatus.Unrepairable
                        : RepairStatus.Finished,
                Finish = e,
            },
            RepairSelfTested e => state with
            {
                Tested = e,
                AcceptRequestedBy = e.Passed ? state.AcceptRequestedBy : null,
            },
            ReturnAcceptRequested e => state with { AcceptRequestedBy = e.Person },
            RepairAccepted e => state with
            {
                Status = RepairStatus.Accepted,
                AcceptRequestedBy = null,
                AcceptedBy = [.. e.People],
            },
            RepairCancelled => state with { Status = RepairStatus.Cancelled },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}
