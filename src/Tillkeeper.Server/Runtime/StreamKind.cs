using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Runtime;

/// <summary>What the appender must know of a kind of stream, whatever its events are.</summary>
internal abstract class StreamKind(string prefix)
{
    /// <summary>E.g. <c>terminal</c>; a stream is named <c>terminal/ID</c>.</summary>
    public string Prefix { get; } = prefix;

    public string NameOf(string id) => $"{Prefix}/{id}";

    public abstract byte[] WriteState(object state);

    public abstract object ReadState(ReadOnlySpan<byte> state);
}

/// <summary>
/// A kind of stream: the names of its events, how they fold, and what they make of the views. The view is written in the
/// same transaction as the events, by <see cref="Project"/>, from nothing but the event and the fold before and after it.
/// </summary>
internal sealed class StreamKind<TState, TEvent>(
    string prefix,
    EventCatalogue catalogue,
    JsonTypeInfo<TState> stateInfo,
    TState empty,
    Func<TState, TEvent, TState> apply,
    Action<Views, Projection<TState, TEvent>> project
) : StreamKind(prefix)
    where TState : class
    where TEvent : class
{
    public EventCatalogue Catalogue { get; } = catalogue;
    public TState Empty { get; } = empty;

    public TState Apply(TState state, TEvent happened) => apply(state, happened);

    public void Project(Views views, in Projection<TState, TEvent> projection) =>
        project(views, projection);

    public override byte[] WriteState(object state) =>
        JsonSerializer.SerializeToUtf8Bytes((TState)state, stateInfo);

    public override object ReadState(ReadOnlySpan<byte> state) =>
        JsonSerializer.Deserialize(state, stateInfo)
        ?? throw new JsonException($"The state of a {Prefix} is empty.");
}

/// <summary>One event on its way into the views.</summary>
internal readonly record struct Projection<TState, TEvent>(
    string Id,
    TState Before,
    TState After,
    TEvent Happened,
    DateTimeOffset At
);
