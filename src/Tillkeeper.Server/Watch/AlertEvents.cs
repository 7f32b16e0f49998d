using System.Text.Json.Serialization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Watch;

/// <summary>Something that happened to an alert.</summary>
internal interface IAlertEvent;

/// <param name="Number">The first of its key is 1; the next one, after that was settled, 2.</param>
internal sealed record AlertOpened(
    string Alert,
    int Number,
    string Kind,
    string Key,
    Severity Severity,
    string Place,
    IReadOnlyDictionary<string, string> Facts,
    string? Terminal = null,
    DateTimeOffset? Due = null
) : IAlertEvent;

/// <summary>It happened again while nobody had settled it.</summary>
internal sealed record AlertOccurred(
    IReadOnlyDictionary<string, string> Facts,
    DateTimeOffset? Due = null
) : IAlertEvent;

/// <summary>Somebody looks after it.</summary>
internal sealed record AlertOwned(string Person) : IAlertEvent;

/// <summary>Somebody said until when it will be settled.</summary>
internal sealed record AlertDueSet(string Person, DateTimeOffset Due) : IAlertEvent;

/// <summary>Its time has come and it is not settled; told again at <paramref name="Again"/>.</summary>
internal sealed record AlertOverdue(DateTimeOffset Again) : IAlertEvent;

/// <summary>What raised it is no longer so.</summary>
internal sealed record AlertGone : IAlertEvent;

internal sealed record AlertSettled(string Person, string Reason) : IAlertEvent;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(AlertState))]
[JsonSerializable(typeof(AlertOpened))]
[JsonSerializable(typeof(AlertOccurred))]
[JsonSerializable(typeof(AlertOwned))]
[JsonSerializable(typeof(AlertDueSet))]
[JsonSerializable(typeof(AlertOverdue))]
[JsonSerializable(typeof(AlertGone))]
[JsonSerializable(typeof(AlertSettled))]
internal sealed partial class AlertJson : JsonSerializerContext;
