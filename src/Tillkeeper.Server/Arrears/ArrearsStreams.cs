using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Arrears;

/// <summary>Something that happened to what a merchant owes.</summary>
internal interface IArrearsEvent;

/// <summary>Notice was given. No lock before <paramref name="LocksFrom"/>, whatever a policy says later.</summary>
internal sealed record ArrearsNoticed(
    string Person,
    decimal AmountDue,
    string Currency,
    string NoticeText,
    DateTimeOffset At,
    DateTimeOffset LocksFrom
) : IArrearsEvent;

/// <summary>It is paid, or waived.</summary>
internal sealed record ArrearsSettled(string Person) : IArrearsEvent;

/// <summary>One chunk of the merchant's terminals was told.</summary>
/// <param name="Last">The last terminal looked at; empty when the round is over.</param>
/// <param name="Next">When to go on, or to go round again; null when nothing is left to do.</param>
internal sealed record ArrearsTold(string Last, DateTimeOffset? Next = null) : IArrearsEvent;

/// <summary>The fold of it. <see cref="Notice"/> is null when nothing is due, or was settled.</summary>
internal sealed record ArrearsState
{
    public ArrearsNoticed? Notice { get; init; }
    public string Cursor { get; init; } = "";

    public static ArrearsState Apply(ArrearsState state, IArrearsEvent happened) =>
        happened switch
        {
            ArrearsNoticed e => new ArrearsState { Notice = e },
            ArrearsSettled => new ArrearsState(),
            ArrearsTold e => state with { Cursor = e.Last },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(ArrearsState))]
[JsonSerializable(typeof(ArrearsNoticed))]
[JsonSerializable(typeof(ArrearsSettled))]
[JsonSerializable(typeof(ArrearsTold))]
internal sealed partial class ArrearsJson : JsonSerializerContext;

/// <summary>Streams of arrears, one a merchant, and the timer that goes round their terminals.</summary>
internal static class ArrearsStreams
{
    public const string Timer = "arrears";

    /// <summary>When whoever tells the terminals has died, the rest is told after this long.</summary>
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(1);

    public static EventCatalogue Catalogue { get; } =
        new(
            ("arrears.noticed.v1", ArrearsJson.Default.ArrearsNoticed),
            ("arrears.settled.v1", ArrearsJson.Default.ArrearsSettled),
            ("arrears.told.v1", ArrearsJson.Default.ArrearsTold)
        );

    public static StreamKind<ArrearsState, IArrearsEvent> Kind { get; } =
        new(
            "arrears",
            Catalogue,
            ArrearsJson.Default.ArrearsState,
            new ArrearsState(),
            ArrearsState.Apply,
            Project
        );

    private static void Project(Views views, Projection<ArrearsState, IArrearsEvent> p)
    {
        switch (p.Happened)
        {
            case ArrearsTold { Next: null }:
                Timers.Cancel(views, Timer, p.Id);
                break;
            case ArrearsTold { Next: { } next }:
                Timers.Set(views, Timer, p.Id, next);
                break;
            default:
                Timers.Set(views, Timer, p.Id, p.At + TakeOver);
                break;
        }
    }
}
