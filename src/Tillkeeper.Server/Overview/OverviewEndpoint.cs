using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Overview;

/// <summary><c>GET /api/v1/overview</c>: how much of what waits for somebody, in one's own subtree.</summary>
internal static class OverviewEndpoint
{
    /// <param name="Terminals">How many are held by it; two locks of one terminal count once.</param>
    /// <param name="Oldest">Since when the longest of them stands.</param>
    internal sealed record CauseView(string Cause, long Terminals, DateTimeOffset Oldest);

    /// <param name="Overdue">Those whose time has come and gone.</param>
    internal sealed record WaitingView(long Open, long Overdue);

    /// <param name="Locked">Terminals that anything holds.</param>
    /// <param name="Missed">Locks that stand although an end that was promised has passed.</param>
    internal sealed record OverviewView(
        long Locked,
        IReadOnlyList<CauseView> Locks,
        long Missed,
        WaitingView Cases,
        WaitingView Alerts,
        long Critical
    );

    public static void MapOverview(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/overview", Show).Needs(Right.Look);

    private static IResult Show(Person person, OverviewCounts counts) =>
        Results.Json(counts.Of(person.Place));
}
