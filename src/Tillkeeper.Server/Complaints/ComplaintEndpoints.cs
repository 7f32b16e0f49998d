using Tillkeeper.Core;
using Tillkeeper.Server.Complaints.Proof;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Complaints;

/// <summary><c>/api/v1/complaints</c>: against a lock, a decision or a delay, or a report of a violation (W7, B10).</summary>
internal static class ComplaintEndpoints
{
    public static IServiceCollection AddComplaints(this IServiceCollection services) =>
        services
            .AddSingleton<ComplaintViews>()
            .AddSingleton<LogExtract>()
            .AddSingleton<Packets>()
            .AddSingleton<ITimerHandler, ComplaintClock>();

    public static void MapComplaints(this IEndpointRouteBuilder app)
    {
        app.MapComplaintOpening();
        app.MapComplaintReview();
        app.MapGet("/api/v1/complaints", List).Needs(Right.Look);
        app.MapGet("/api/v1/complaints/{id}", Show).Needs(Right.Look);
        app.MapPacket();
        app.MapOverturned();
    }

    private static IResult List(
        Person person,
        Paging page,
        ComplaintViews views,
        string? state = null,
        string? sort = null
    ) =>
        (
            state is null or "open" or "settled"
                ? SortWrong(sort) ?? page.Refusal
                : Refusal.Invalid("state", "Use one of: open, settled.")
        ).Or(() => Results.Json(views.List(person, page, state, sort == "due")));

    private static Refusal? SortWrong(string? sort) =>
        sort is null or "due" ? null : Refusal.Invalid("sort", "Use: due.");

    private static IResult Show(string id, Person person, ComplaintViews views) =>
        views.Find(id, person) is { } complaint
            ? Results.Json(complaint)
            : Problems.Of(Refusal.NotFound("complaint"));
}
