using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Environments;
using Tillkeeper.Server.Locks;

namespace Tillkeeper.Server.Terminals;

/// <summary>A terminal as the API shows it. What it has not taken yet stands beside, with its age.</summary>
/// <param name="Software">The version that runs there, as it last said.</param>
internal sealed record TerminalView(
    string Id,
    string Serial,
    string Model,
    string MerchantId,
    string? ExternalId,
    IReadOnlyList<Binding> Bindings,
    Location? Location,
    IReadOnlyList<string> Networks,
    Warranty? Warranty,
    bool Enrolled,
    int Epoch,
    bool Revoked,
    bool Tampered,
    bool RepairRequested,
    bool Online,
    DateTimeOffset? LastSeenAt,
    DateTimeOffset? OfflineSince,
    IReadOnlyList<LockView> Locks,
    PendingView Pending,
    string? Store = null,
    HealthView? Health = null,
    IReadOnlyList<QuestionView>? Questions = null,
    MoveView? Move = null,
    string? ReplacedBy = null,
    string? Software = null
)
{
    public static TerminalView Of(
        TerminalState state,
        Presence presence,
        IReadOnlyList<LockView> locks,
        WhereaboutsView whereabouts
    )
    {
        var (online, lastSeenAt) = presence.Of(state.Id);
        var profile = state.Profile!;
        return new(
            state.Id,
            state.Serial,
            profile.Model,
            profile.MerchantId,
            profile.ExternalId,
            profile.Bindings,
            profile.Location,
            profile.Networks,
            profile.Warranty,
            state.IsEnrolled,
            state.Epoch,
            state.Revoked,
            state.IsTampered,
            state.RepairRequestedBy is not null,
            online && !state.Revoked,
            lastSeenAt,
            online ? null : lastSeenAt,
            locks,
            new PendingView(
                state.OpenOrders.Count,
                state.OpenOrders.IsEmpty ? null : state.OpenOrders[0].IssuedAt
            ),
            profile.Store,
            whereabouts.Health,
            whereabouts.Questions,
            whereabouts.Move,
            state.ReplacedBy,
            state.Software
        );
    }
}

/// <summary>Orders that the terminal has not taken yet, and since when the oldest waits.</summary>
internal sealed record PendingView(int Orders, DateTimeOffset? Since);
