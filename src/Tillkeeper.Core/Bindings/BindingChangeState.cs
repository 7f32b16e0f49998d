using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Bindings;

[JsonConverter(typeof(SnakeCaseEnum<BindingChangeStatus>))]
public enum BindingChangeStatus
{
    Proposed,
    Acknowledged,
    Done,
    Withdrawn,
}

/// <summary>The fold of a change of bindings.</summary>
public sealed record BindingChangeState
{
    public static BindingChangeState Empty { get; } = new();

    public string Id { get; init; } = "";
    public BindingChangeStatus Status { get; init; }
    public BindingChangeProposed? Proposal { get; init; }
    public RegistrationAcknowledged? Acknowledgement { get; init; }

    /// <summary>The first of two people who agree, while the second is awaited.</summary>
    public string? ApprovedBy { get; init; }
    public ImmutableList<string> People
    {
        get;
        init => field = value ?? [];
    } = [];

    [JsonIgnore]
    public bool Exists => Id.Length > 0;

    public static BindingChangeState Apply(
        BindingChangeState state,
        IBindingChangeEvent happened
    ) =>
        happened switch
        {
            BindingChangeProposed e => new BindingChangeState { Id = e.Change, Proposal = e },
            RegistrationAcknowledged e => state with
            {
                Status = BindingChangeStatus.Acknowledged,
                Acknowledgement = e,
            },
            BindingChangeApproved e => state with { ApprovedBy = e.Person },
            BindingChangeDone e => state with
            {
                Status = BindingChangeStatus.Done,
                ApprovedBy = null,
                People = [.. e.People],
            },
            BindingChangeWithdrawn => state with { Status = BindingChangeStatus.Withdrawn },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}
