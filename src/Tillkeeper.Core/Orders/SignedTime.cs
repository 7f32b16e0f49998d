using System.Text.Json;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Orders;

/// <summary>
/// The server's time, signed and bound to the terminal's nonce, so that an old answer cannot be played back: what the
/// terminal's trusted time is made of.
/// </summary>
public sealed record SignedTime(string Terminal, string Nonce, DateTimeOffset Now)
{
    public const string Typ = "tillkeeper-time+jws";

    public byte[] ToPayload() =>
        JsonSerializer.SerializeToUtf8Bytes(this, CoreJson.Default.SignedTime);

    /// <summary>The time, when it is signed by a known key for this terminal and this nonce; null otherwise.</summary>
    public static DateTimeOffset? Open(string? text, KeySet keys, string terminal, string nonce)
    {
        if (Jws.Parse(text) is not { Typ: Typ } jws)
        {
            return null;
        }
        using var key = keys.Find(jws.Kid);
        if (key is null || !jws.IsSignedBy(key))
        {
            return null;
        }
        try
        {
            return
                JsonSerializer.Deserialize(jws.Payload, CoreJson.Default.SignedTime) is { } time
                && time.Terminal == terminal
                && time.Nonce == nonce
                ? time.Now
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
