using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Tillkeeper.Core;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Http;

/// <summary><c>GET /metrics</c> in the Prometheus text format 0.0.4, for the counters of this program.</summary>
internal sealed class Metrics : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<(string Name, string Labels), long> values = [];

    public Metrics()
    {
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == Meters.Name)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) =>
                values.AddOrUpdate(
                    (instrument.Name, Labels(tags)),
                    value,
                    (_, total) => total + value
                )
        );
        listener.Start();
    }

    public string Write()
    {
        var text = new StringBuilder();
        foreach (var ((name, labels), value) in values.OrderBy(v => v.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value}\n");
        }
        text.Append(
            CultureInfo.InvariantCulture,
            $"tillkeeper_memory_bytes {GC.GetTotalMemory(false)}\n"
        );
        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        tags is [var tag, ..] ? $"{{{tag.Key}=\"{tag.Value}\"}}" : "";
}

internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder app) =>
        app.MapGet(
                "/metrics",
                (Metrics metrics, Person person) =>
                    person.IsProvider
                        ? Results.Text(metrics.Write(), "text/plain; version=0.0.4")
                        : Problems.Of(Refusal.Forbidden("These figures are the provider's."))
            )
            .Needs(Right.Look);
}
