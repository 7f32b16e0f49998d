namespace Tillkeeper.Core.Campaigns;

/// <summary>An update as the server follows it at a terminal: what was ordered, and what the terminal says of it.</summary>
/// <param name="Order">The number of its order.</param>
/// <param name="Code">Why it failed, or what it waits for, as the terminal says.</param>
/// <param name="Took">How long the shop was closed.</param>
/// <param name="Stopping">An order that stops it is out.</param>
public sealed record TrackedUpdate(
    OrderedUpdate Ordered,
    long Order,
    UpdateStep Step = UpdateStep.Offered,
    string? Code = null,
    TimeSpan? Took = null,
    bool Stopping = false
);
