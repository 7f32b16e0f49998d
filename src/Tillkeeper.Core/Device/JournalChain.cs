using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tillkeeper.Core.Device;

/// <summary>
/// The chain over a terminal's own events. Both sides compute it, so a copied terminal shows as a fork and a repeat can be told
/// from a forgery.
/// </summary>
/// <remarks>
/// hash = lower-case hex of SHA-256 over UTF-8 of: prev LF seq LF type LF at LF data, where <c>data</c> is the text of the JSON value
/// exactly as it stands in the request and <c>prev</c> is the hash of the event before, <see cref="Genesis"/> for the first.
/// </remarks>
public static class JournalChain
{
    public const string Genesis =
        "0000000000000000000000000000000000000000000000000000000000000000";

    public static string Hash(
        string prev,
        long seq,
        string type,
        string at,
        ReadOnlySpan<byte> data
    )
    {
        var head = Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{prev}\n{seq}\n{type}\n{at}\n")
        );
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        hash.AppendData(data);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
