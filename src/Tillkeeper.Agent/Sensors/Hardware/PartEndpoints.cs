using System.Text.Json;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.LocalApi;
using Tillkeeper.Core;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Agent.Sensors.Hardware;

internal sealed record PartsAnswer(IReadOnlyList<PartView> Parts);

/// <param name="Locks">The hardware faults that still stand.</param>
internal sealed record SelfTestAnswer(
    IReadOnlyList<PartView> Parts,
    System.Collections.Immutable.ImmutableArray<LockView> Locks
);

/// <summary>Parts as the local API shows them, and as the vendor's own program reports them.</summary>
internal static class PartEndpoints
{
    /// <summary>For so long a report is news. After that nothing is known of the part, which is no fault.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(10);

    public static void MapParts(this IEndpointRouteBuilder local)
    {
        local.MapGet("/parts", List);
        local.MapPost("/parts/{part}", ReportAsync);
        local.MapPost("/self-test", TestAsync);
    }

    private static IResult List(HttpRequest request, PartWatch watch) =>
        TypedResults.Json(
            new PartsAnswer(watch.Show(Languages.Of(request))),
            LocalJson.Default.PartsAnswer
        );

    private static async Task<IResult> ReportAsync(
        string part,
        HttpRequest request,
        PartWatch watch,
        Till till,
        LockViews views
    )
    {
        if (till.IsLost)
        {
            return Problems.Lost(request, till, views);
        }
        if (watch.Find(part) is not { } declared)
        {
            return Problems.Of(Refusal.NotFound("part"));
        }
        if (declared.Probe != ProbeNames.Reported)
        {
            return Problems.Of(
                Refusal.Conflict(
                    "part_not_reported",
                    "The terminal tests this part itself; its profile says so."
                )
            );
        }
        JsonDocument given;
        try
        {
            given = await JsonDocument.ParseAsync(
                request.Body,
                new JsonDocumentOptions { MaxDepth = 4 },
                request.HttpContext.RequestAborted
            );
        }
        catch (JsonException)
        {
            return TypedBody.Malformed;
        }
        using (given)
        {
            var (reading, refusal) = PartReport.Read(given.RootElement, part);
            if (reading is null)
            {
                return Problems.Of(refusal!);
            }
            await watch.TakeAsync(declared, reading);
            return TypedResults.NoContent();
        }
    }

    private static async Task<IResult> TestAsync(
        HttpRequest request,
        PartWatch watch,
        Till till,
        LockViews views
    )
    {
        if (till.IsLost)
        {
            return Problems.Lost(request, till, views);
        }
        var language = Languages.Of(request);
        var parts = await watch.TestAsync(language, request.HttpContext.RequestAborted);
        var locks = till.State.ActiveLocks.Where(l => l.Cause == Cause.HardwareFault);
        return TypedResults.Json(
            new SelfTestAnswer(parts, views.Of(locks, language)),
            LocalJson.Default.SelfTestAnswer
        );
    }
}
