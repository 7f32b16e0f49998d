using System.Text.Json;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Cases;

/// <summary>
/// What a locked terminal signs with its own key and shows as a QR code: it lets whoever stands there open a case for one lock, or see
/// how that case stands. It releases nothing and says nothing of who holds it. The terminal is the <c>kid</c> of the JWS.
/// </summary>
/// <param name="Cause">For a server that has not heard of the lock yet.</param>
/// <param name="Nonce">Random, base64url; no two links are alike.</param>
/// <param name="At">The terminal's trusted time; the link is good for <see cref="ValidFor"/> from then on.</param>
/// <param name="Seq">
/// The last event in the terminal's record when it signed: a server that holds it and has no such lock knows that the lock is over. Null
/// while the record is lost.
/// </param>
public sealed record OpenLink(
    string Lock,
    Cause Cause,
    string Nonce,
    DateTimeOffset At,
    long? Seq = null
)
{
    public const string Typ = "tillkeeper-link+jws";

    /// <summary>Longest text that is looked at, in characters.</summary>
    public const int LongestText = 1024;

    public static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(15);

    public byte[] ToPayload() =>
        JsonSerializer.SerializeToUtf8Bytes(this, CoreJson.Default.OpenLink);

    /// <summary>What a JWS says, believed only after its signature was checked; null when it is no such link.</summary>
    public static OpenLink? Read(Jws jws)
    {
        if (jws.Typ != Typ)
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize(jws.Payload, CoreJson.Default.OpenLink);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
