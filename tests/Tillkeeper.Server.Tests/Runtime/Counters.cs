using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Tests.Runtime;

internal interface ICounterEvent;

/// <summary>A negative number makes the projection fail.</summary>
internal sealed record Counted(int By) : ICounterEvent;

internal sealed record Counter(int Total = 0);

[JsonSerializable(typeof(Counter))]
[JsonSerializable(typeof(Counted))]
internal sealed partial class CounterJson : JsonSerializerContext;

/// <summary>The smallest kind of stream there can be: it counts.</summary>
internal static class Counters
{
    public static StreamKind<Counter, ICounterEvent> Kind { get; } =
        new(
            "counter",
            new EventCatalogue(("counter.counted.v1", CounterJson.Default.Counted)),
            CounterJson.Default.Counter,
            new Counter(),
            (state, happened) => new Counter(state.Total + ((Counted)happened).By),
            (views, p) =>
            {
                if (p.Happened is Counted { By: < 0 })
                {
                    views.Write("INSERT INTO meta VALUES ('schema', 'twice')");
                }
            }
        );
}
