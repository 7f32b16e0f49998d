using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Core.Terminals;

/// <summary>Updates as the server orders them and follows them (C3).</summary>
internal static class UpdateOrders
{
    private static readonly TimeSpan LongestBelieved = TimeSpan.FromDays(7);

    internal static Decision<ITerminalEvent> Offer(
        TerminalState state,
        OrderUpdate command,
        DateTimeOffset now
    ) =>
        state.IsEnrolled
            ? new OrderIssued(
                TerminalDecisions.Next(state, OrderKind.Update, now) with
                {
                    Update = command.Update,
                }
            )
            : Refusal.Conflict("not_enrolled", "The terminal is not enrolled.");

    internal static Decision<ITerminalEvent> Stop(
        TerminalState state,
        OrderUpdateStop command,
        DateTimeOffset now
    ) =>
        state.Update is { Stopping: false } update
        && update.Ordered.Campaign == command.Campaign
        && !UpdateTable.IsOver(update.Step)
        && !UpdateTable.IsLocked(update.Step)
            ? new OrderIssued(
                TerminalDecisions.Next(state, OrderKind.UpdateStop, now) with
                {
                    Campaign = command.Campaign,
                }
            )
            : new Decision<ITerminalEvent>([]);

    internal static TerminalState Issued(TerminalState state, Order order) =>
        order switch
        {
            { Kind: OrderKind.Update, Update: { } update } => state with
            {
                Update = new TrackedUpdate(update, order.Number),
            },
            { Kind: OrderKind.UpdateStop } when state.Update is { } update => state with
            {
                Update = update with { Stopping = true },
            },
            _ => state,
        };

    /// <summary>What the terminal says of its own update is believed: it can harm nobody but itself.</summary>
    internal static TerminalState Stepped(TerminalState state, UpdateStepped e)
    {
        if (
            state.Update is not { } update
            || update.Ordered.Campaign != e.Campaign
            || UpdateTable.IsOver(update.Step)
            || e.Step is UpdateStep.Planned or UpdateStep.Stopping or UpdateStep.Refused
        )
        {
            return state;
        }
        return state with
        {
            Update = update with
            {
                Step = e.Step,
                Code = ReportedText.Short(e.Code),
                Took =
                    e.Took is { } took && took > TimeSpan.Zero && took < LongestBelieved
                        ? took
                        : null,
            },
            Software = e.Step == UpdateStep.Done ? update.Ordered.Artifact.Version : state.Software,
        };
    }

    /// <summary>An update that is refused never began; a stop that is refused came too late.</summary>
    internal static TerminalState Refused(TerminalState state, OrderRefused e) =>
        state.Update switch
        {
            { } update when e.Kind == OrderKind.Update && update.Order == e.Number => state with
            {
                Update = update with
                {
                    Step = UpdateStep.Refused,
                    Code = ReportedText.Short(e.Code),
                },
            },
            { } update when e.Kind == OrderKind.UpdateStop => state with
            {
                Update = update with { Stopping = false },
            },
            _ => state,
        };
}
