using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Codes;

/// <summary>
/// What a locked terminal shows so that support can answer with a one-time code (B4). It names cause, terminal and lock,
/// carries a nonce, and is authenticated with the terminal's code key, so that support can open a case for a lock that the
/// server has never heard of, and nobody can invent one.
/// </summary>
/// <remarks>
/// 32 Crockford characters: 1 cause, 10 terminal, 10 lock, 5 nonce, 6 MAC; shown in eight groups of four. MAC: the first 30 bits of
/// HMAC-SHA256(code key, "tillkeeper/challenge/v1" 0x00 first 26 characters).
/// </remarks>
public sealed record Challenge(Cause Cause, string Terminal, string Lock, string Nonce)
{
    public const int NonceLength = 5;
    private const int MacLength = 6;
    private const int BodyLength = 1 + Crockford.IdLength + Crockford.IdLength + NonceLength;
    private const int Length = BodyLength + MacLength;

    private string Body => Crockford.Alphabet[(int)Cause] + Terminal + Lock + Nonce;

    /// <summary>The 32 characters, without separators.</summary>
    public string Text(ReadOnlySpan<byte> codeKey) => Body + Mac(codeKey, Body);

    /// <summary>
    /// Reads the terminal's id out of what was typed, before anything is trusted: the server needs it to find the key.
    /// </summary>
    public static string? TerminalOf(string? typed) =>
        Crockford.Normalise(typed) is { Length: Length } text
            ? text.Substring(1, Crockford.IdLength)
            : null;

    /// <summary>The challenge behind what was typed; null when it is malformed or was not made with this key.</summary>
    public static Challenge? Open(string? typed, ReadOnlySpan<byte> codeKey)
    {
        if (Crockford.Normalise(typed) is not { Length: Length } text)
        {
            return null;
        }
        var body = text[..BodyLength];
        var cause = Crockford.Alphabet.IndexOf(body[0], StringComparison.Ordinal);
        var genuine = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Mac(codeKey, body)),
            Encoding.ASCII.GetBytes(text[BodyLength..])
        );
        return genuine && cause < LockTable.All.Count
            ? new Challenge((Cause)cause, body.Substring(1, 10), body.Substring(11, 10), body[21..])
            : null;
    }

    private static string Mac(ReadOnlySpan<byte> codeKey, string body) =>
        Crockford.Encode(
            HMACSHA256.HashData(
                codeKey,
                Encoding.ASCII.GetBytes("tillkeeper/challenge/v1\0" + body)
            ),
            MacLength
        );
}
