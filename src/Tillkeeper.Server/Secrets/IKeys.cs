using System.Security.Cryptography;

namespace Tillkeeper.Server.Secrets;

/// <summary>
/// The master key, seen only through what it does: a file today, a PKCS#11 token later. A purpose separates uses: what was
/// made for one purpose is worthless for another. Safe for concurrent use.
/// </summary>
internal interface IKeys
{
    /// <summary>Encrypts and authenticates; sealing the same bytes twice gives different results.</summary>
    byte[] Seal(ReadOnlySpan<byte> plain, string purpose);

    /// <summary>Undoes <see cref="Seal"/>.</summary>
    /// <exception cref="CryptographicException">Altered, sealed for another purpose, or under another master key.</exception>
    byte[] Open(ReadOnlySpan<byte> sealedBytes, string purpose);

    /// <summary>A keyed commitment of 32 bytes: the same for the same data and purpose, and tells nothing without the key.</summary>
    byte[] Commit(ReadOnlySpan<byte> data, string purpose);

    /// <summary>A key of its own for this purpose, 1 to 255 x 32 bytes, the same after every restart.</summary>
    byte[] Derive(string purpose, int length);
}
