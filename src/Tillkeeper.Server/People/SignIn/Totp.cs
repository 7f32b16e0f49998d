using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tillkeeper.Server.People.SignIn;

/// <summary>
/// Time-based one-time passwords (RFC 6238, on RFC 4226): HMAC-SHA-1, 30 seconds, six digits, as every authenticator program has them.
/// The framework's own accept a code again; here each counts once.
/// </summary>
internal static class Totp
{
    public const int SecretBytes = 20;
    private const int Digits = 6;
    private const long StepSeconds = 30;

    /// <summary>Steps that a phone's clock may be off to either side.</summary>
    private const int Slack = 1;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>The step whose code this is; null when it is none after <paramref name="last"/>, the step used last.</summary>
    public static long? StepOf(
        string code,
        ReadOnlySpan<byte> secret,
        DateTimeOffset now,
        long last
    )
    {
        var given = Encoding.UTF8.GetBytes(code);
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = current - Slack; step <= current + Slack; step++)
        {
            var right = CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(CodeAt(secret, step)),
                given
            );
            if (right && step > last)
            {
                found = step;
            }
        }
        return found;
    }

    /// <summary>The code of one step (RFC 4226 5.3).</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 as authenticators have it.")]
    public static string CodeAt(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
        var number =
            BinaryPrimitives.ReadUInt32BigEndian(hash.Slice(hash[^1] & 0xF, 4)) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
    }

    /// <summary>As a person types it into a program that cannot scan (RFC 4648 6, without padding).</summary>
    public static string Spell(ReadOnlySpan<byte> secret)
    {
        StringBuilder text = new();
        for (var bit = 0; bit < secret.Length * 8; bit += 5)
        {
            var value = 0;
            for (var i = bit; i < bit + 5; i++)
            {
                var set = i < secret.Length * 8 && (secret[i / 8] >> (7 - (i % 8)) & 1) == 1;
                value = value << 1 | (set ? 1 : 0);
            }
            text.Append(Base32[value]);
        }
        return text.ToString();
    }

    /// <summary>What the QR code holds (Key Uri Format).</summary>
    public static string Address(ReadOnlySpan<byte> secret, string login) =>
        $"otpauth://totp/Tillkeeper:{Uri.EscapeDataString(login)}?secret={Spell(secret)}&issuer=Tillkeeper";
}
