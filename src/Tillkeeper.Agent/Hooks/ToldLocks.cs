using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Journal;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Hooks;

/// <summary>
/// The locks whose begin some hook may have been told of. Kept on the disk from before the first hook runs until the last one has
/// heard of the end, so that no crash leaves a door shut behind a lock that is gone.
/// </summary>
internal sealed class ToldLocks(IDisk disk, DataFolder folder)
{
    private ImmutableDictionary<string, Lock> told = ImmutableDictionary.Create<string, Lock>(
        StringComparer.Ordinal
    );

    public IEnumerable<Lock> All => told.Values;

    /// <summary>A note that cannot be read says nothing: then the locks that stand are told of again, as at every start.</summary>
    /// <returns>False when there was one and it could not be read.</returns>
    public bool Load()
    {
        if (!disk.Exists(folder.Hooks))
        {
            return true;
        }
        try
        {
            var kept = JsonSerializer.Deserialize(
                disk.ReadAllBytes(folder.Hooks),
                HookJson.Default.ToldNote
            );
            told = told.AddRange((kept?.Locks ?? []).Select(l => KeyValuePair.Create(l.Id, l)));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public void Add(Lock begun)
    {
        if (!told.ContainsKey(begun.Id))
        {
            Keep(told.Add(begun.Id, begun));
        }
    }

    public void Remove(string lockId)
    {
        if (told.ContainsKey(lockId))
        {
            Keep(told.Remove(lockId));
        }
    }

    private void Keep(ImmutableDictionary<string, Lock> now)
    {
        disk.WriteDurably(
            folder.Hooks,
            JsonSerializer.SerializeToUtf8Bytes(
                new ToldNote([.. now.Values.OrderBy(l => l.Since)]),
                HookJson.Default.ToldNote
            )
        );
        told = now;
    }
}

internal sealed record ToldNote(ImmutableArray<Lock> Locks);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcTimeJson), typeof(IsoDurationJson)]
)]
[JsonSerializable(typeof(ToldNote))]
internal sealed partial class HookJson : JsonSerializerContext;
