using System.Text.Json;
using System.Text.Json.Serialization;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Journal;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Device;

/// <summary>
/// The note that the journal was lost and that the server has not yet said at which number to go on. It keeps the lock's id the same
/// over restarts, so that a challenge read out over the phone stays good.
/// </summary>
internal sealed record LostState(string LockId, string Problem, DateTimeOffset Since)
{
    public static LostState? Read(IDisk disk, DataFolder folder, DeviceNow now)
    {
        if (!disk.Exists(folder.Lost))
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize(
                disk.ReadAllBytes(folder.Lost),
                LostJson.Default.LostState
            );
        }
        catch (JsonException)
        {
            // The note says it by existing.
            return new LostState(NewId.Lock(), "the note of a loss was damaged", now.Shown);
        }
    }

    public void Write(IDisk disk, DataFolder folder) =>
        disk.WriteDurably(
            folder.Lost,
            JsonSerializer.SerializeToUtf8Bytes(this, LostJson.Default.LostState)
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(LostState))]
internal sealed partial class LostJson : JsonSerializerContext;
