using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Versions;

/// <summary>What is known of a terminal whose program is older than the provider asks for.</summary>
internal interface IOldVersionEvent;

/// <param name="Since">When this version was first too old for this minimum.</param>
/// <param name="Until">Until when it only warns.</param>
internal sealed record VersionTooOld(
    string Version,
    string Minimum,
    DateTimeOffset Since,
    DateTimeOffset Until
) : IOldVersionEvent;

/// <summary>The time that it had to be updated is over.</summary>
internal sealed record VersionGraceOver : IOldVersionEvent;

/// <summary>It is new enough again, or nobody asks any more.</summary>
internal sealed record VersionAccepted : IOldVersionEvent;

/// <summary>The fold of it. Nothing stands while <see cref="TooOld"/> is null.</summary>
internal sealed record OldVersionState
{
    public VersionTooOld? TooOld { get; init; }
    public bool GraceOver { get; init; }

    public static OldVersionState Apply(OldVersionState state, IOldVersionEvent happened) =>
        happened switch
        {
            VersionTooOld e => new OldVersionState { TooOld = e },
            VersionGraceOver => state with { GraceOver = true },
            VersionAccepted => new OldVersionState(),
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
[JsonSerializable(typeof(OldVersionState))]
[JsonSerializable(typeof(VersionTooOld))]
[JsonSerializable(typeof(VersionGraceOver))]
[JsonSerializable(typeof(VersionAccepted))]
internal sealed partial class OldVersionJson : JsonSerializerContext;

/// <summary>Streams of it, one a terminal, and the timer that ends the time to update.</summary>
internal static class OldVersionStreams
{
    public const string Timer = "minimum_version";

    public static EventCatalogue Catalogue { get; } =
        new(
            ("old_version.found.v1", OldVersionJson.Default.VersionTooOld),
            ("old_version.grace_over.v1", OldVersionJson.Default.VersionGraceOver),
            ("old_version.accepted.v1", OldVersionJson.Default.VersionAccepted)
        );

    public static StreamKind<OldVersionState, IOldVersionEvent> Kind { get; } =
        new(
            "old_version",
            Catalogue,
            OldVersionJson.Default.OldVersionState,
            new OldVersionState(),
            OldVersionState.Apply,
            Project
        );

    private static void Project(Views views, Projection<OldVersionState, IOldVersionEvent> p)
    {
        if (p.Happened is VersionTooOld e)
        {
            Timers.Set(views, Timer, p.Id, e.Until);
        }
        else
        {
            Timers.Cancel(views, Timer, p.Id);
        }
    }
}
