using System.Text.Json;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Link;
using Tillkeeper.Agent.LocalApi;
using Tillkeeper.Core;
using Tillkeeper.Core.Rules.Environments;

namespace Tillkeeper.Agent.Sensors.Network;

/// <param name="At">When it was found; now, when it is left out.</param>
internal sealed record VendorPosition(
    double? Lat,
    double? Lon,
    double? AccuracyM,
    DateTimeOffset? At = null
);

/// <summary>What the vendor's program knows. What it leaves out is unknown from then on.</summary>
internal sealed record VendorReport(
    string? Ssid = null,
    string? Bssid = null,
    string? Iccid = null,
    string? CellId = null,
    VendorPosition? Position = null
);

/// <summary>
/// <c>POST /local/v1/environment</c>: the vendor's program says which Wi-Fi, SIM card and position the terminal has. Each report takes the
/// place of the one before, and is forgotten after an hour.
/// </summary>
internal static class EnvironmentEndpoints
{
    public static void MapEnvironment(this IEndpointRouteBuilder local) =>
        local.MapPost("/environment", TakeAsync);

    public static void AddNetworkSensors(this IServiceCollection services)
    {
        services.AddSingleton<LinkReader>();
        services.AddSingleton<Surroundings>();
        services.AddSingleton<NetworkWatch>();
        services.AddSingleton<ContactWatch>();
    }

    private static async Task<IResult> TakeAsync(
        HttpRequest request,
        Surroundings surroundings,
        DeviceClock clock,
        BeatNow beat
    )
    {
        VendorReport? told;
        try
        {
            told = await JsonSerializer.DeserializeAsync(
                request.Body,
                LocalJson.Default.VendorReport,
                request.HttpContext.RequestAborted
            );
        }
        catch (JsonException)
        {
            return TypedBody.Malformed;
        }
        if (told is null)
        {
            return TypedBody.Malformed;
        }
        if (Check(told) is { } wrong)
        {
            return Problems.Of(wrong);
        }
        var report = new EnvironmentReport(
            Ssid: told.Ssid,
            Bssid: told.Bssid?.ToLowerInvariant(),
            Iccid: told.Iccid,
            CellId: told.CellId,
            Position: told.Position is { } p
                ? new Position(
                    p.Lat!.Value,
                    p.Lon!.Value,
                    p.AccuracyM!.Value,
                    p.At ?? clock.Now.Shown
                )
                : null
        );
        if (surroundings.Take(report.Tidy()))
        {
            beat.Call();
        }
        return TypedResults.NoContent();
    }

    private static Refusal? Check(VendorReport told) =>
        Text("ssid", told.Ssid)
        ?? Text("bssid", told.Bssid)
        ?? Text("iccid", told.Iccid)
        ?? Text("cellId", told.CellId)
        ?? (
            told.Position is null
            || (
                told.Position is { Lat: { } lat, Lon: { } lon, AccuracyM: { } accuracy }
                && new Position(lat, lon, accuracy, default).IsPossible
            )
                ? null
                : Refusal.Invalid(
                    "position",
                    $"Give lat -90 to 90, lon -180 to 180 and accuracyM 0 to {Position.WorstAccuracyM}."
                )
        );

    private static Refusal? Text(string field, string? value) =>
        value is null or { Length: > 0 and <= EnvironmentReport.LongestText }
            ? null
            : Refusal.Invalid(
                field,
                $"'{field}' takes 1 to {EnvironmentReport.LongestText} characters; leave it out when it is unknown."
            );
}
