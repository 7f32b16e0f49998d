using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Codes;

/// <summary>What a one-time code does when the terminal accepts it. The code is bound to it.</summary>
[JsonConverter(typeof(SnakeCaseEnum<CodeEffect>))]
public enum CodeEffect
{
    /// <summary>Ends the lock; an operator paused by it may also set a new passcode, the old one still works.</summary>
    Release,

    /// <summary>Ends the lock, voids the operator's passcode and lets that operator set one new passcode.</summary>
    PasscodeReset,
}

/// <summary>
/// The eight digits that support reads out. Computed alike by server and terminal, so that no connection is needed.
/// </summary>
/// <remarks>
/// HMAC-SHA256(code key, "tillkeeper/offline-code/v1" 0x00 challenge 0x00 effect), first eight bytes as a big-endian number, modulo
/// 10^8. 26.5 bits: above the 20 of OWASP ASVS 5.0 6.5.4; five tries a lock leave an attacker 1 in 10 million.
/// </remarks>
public static class OfflineCode
{
    public const int Digits = 8;

    public static string Compute(
        ReadOnlySpan<byte> codeKey,
        string challengeText,
        CodeEffect effect
    )
    {
        var mac = HMACSHA256.HashData(
            codeKey,
            Encoding.ASCII.GetBytes(
                $"tillkeeper/offline-code/v1\0{challengeText}\0{Words.Of(effect)}"
            )
        );
        var number = BinaryPrimitives.ReadUInt64BigEndian(mac) % 100_000_000UL;
        return number.ToString("D8", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The effect that the typed code proves, or null. Both candidates are always compared, in constant time, so that the time
    /// taken tells nothing.
    /// </summary>
    public static CodeEffect? Evaluate(
        ReadOnlySpan<byte> codeKey,
        string challengeText,
        string? typed
    )
    {
        var digits = Encoding.UTF8.GetBytes(Normalise(typed));
        CodeEffect? proven = null;
        foreach (
            var effect in (ReadOnlySpan<CodeEffect>)[CodeEffect.Release, CodeEffect.PasscodeReset]
        )
        {
            var right = Encoding.UTF8.GetBytes(Compute(codeKey, challengeText, effect));
            if (CryptographicOperations.FixedTimeEquals(right, digits))
            {
                proven = effect;
            }
        }
        return proven;
    }

    /// <summary>Drops spaces and hyphens and folds full-width digits; anything else stays and makes the code wrong.</summary>
    public static string Normalise(string? typed) =>
        typed is null or { Length: > 64 }
            ? ""
            : string.Concat(
                typed
                    .Where(c => c is not (' ' or '-' or '\u3000'))
                    .Select(c => c is >= '\uFF10' and <= '\uFF19' ? (char)(c - '\uFF10' + '0') : c)
            );
}
