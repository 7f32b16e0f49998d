using System.Security.Cryptography;

namespace Tillkeeper.Server.Secrets;

/// <summary>
/// Authenticated encryption of small secrets: version (1 byte, 1), nonce (12 random bytes), ciphertext, tag (16 bytes),
/// by AES-256-GCM. Random nonces are safe for 2^32 boxes a key (NIST SP 800-38D 8.3); keys here are one a purpose.
/// </summary>
internal static class SealedBox
{
    public const int KeyBytes = 32;

    /// <summary>How much longer a box is than what is in it.</summary>
    public const int Overhead = 1 + NonceBytes + TagBytes;
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static byte[] Seal(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> plain,
        ReadOnlySpan<byte> associated
    )
    {
        var box = new byte[Overhead + plain.Length];
        box[0] = Version;
        var nonce = box.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(
            nonce,
            plain,
            box.AsSpan(1 + NonceBytes, plain.Length),
            box.AsSpan(box.Length - TagBytes),
            associated
        );
        return box;
    }

    /// <exception cref="CryptographicException">Not what <see cref="Seal"/> made with this key and associated data.</exception>
    public static byte[] Open(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> box,
        ReadOnlySpan<byte> associated
    )
    {
        if (box.Length < Overhead || box[0] != Version)
        {
            throw new CryptographicException("This is not a sealed secret of a known version.");
        }
        var plain = new byte[box.Length - Overhead];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(
            box.Slice(1, NonceBytes),
            box.Slice(1 + NonceBytes, plain.Length),
            box[^TagBytes..],
            plain,
            associated
        );
        return plain;
    }
}
