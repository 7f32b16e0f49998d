using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Tillkeeper.Cli.Commands;

/// <summary>A place as <c>LAT,LON,METRES</c>.</summary>
internal sealed class PlaceOption
{
    private readonly Option<string[]?> place = Declare.Several(
        "--place",
        "The new place, as 31.2304,121.4737,200: latitude, longitude, radius in metres."
    );

    public void AddTo(Command command)
    {
        place.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string[]?>() is { } given && Numbers(given) is null)
            {
                result.AddError("--place: give three numbers, as 31.2304,121.4737,200.");
            }
        });
        command.Add(place);
    }

    public JsonObject? Of(ParseResult line) =>
        line.GetValue(place) is { Length: > 0 } given
        && Numbers(given) is [var lat, var lon, var radius]
            ? Body.Of(("lat", lat), ("lon", lon), ("radiusM", radius))
            : null;

    private static double[]? Numbers(string[] given)
    {
        List<double> numbers = [];
        foreach (var text in given)
        {
            if (
                !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var n)
                || !double.IsFinite(n)
            )
            {
                return null;
            }
            numbers.Add(n);
        }
        return numbers.Count == 3 ? [.. numbers] : null;
    }
}
