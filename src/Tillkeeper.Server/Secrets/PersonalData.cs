using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tillkeeper.Server.Secrets;

/// <summary>Personal data ready to be stored: the encrypted row, and what the log may hold of it.</summary>
/// <param name="Row">Encrypted with a data key of its own, which is wrapped in it.</param>
/// <param name="Commitment">64 hexadecimal digits; says nothing once the row is erased.</param>
internal readonly record struct SealedPersonalData(byte[] Row, string Commitment);

/// <summary>
/// Encrypts what is known of one person, or one document, under a random data key of its own, wrapped by the master key. With the
/// row goes the only copy of that key: nothing brings the data back, and the commitment in the log, salted with that key,
/// can no longer be tried against guesses. The chain of the log stays whole.
/// </summary>
internal sealed class PersonalData(IKeys keys)
{
    private const int LengthBytes = 2;

    /// <param name="id">The random id that the log knows; the row opens under no other.</param>
    public SealedPersonalData Seal(string id, ReadOnlySpan<byte> data)
    {
        var purpose = Purpose(id);
        var key = RandomNumberGenerator.GetBytes(SealedBox.KeyBytes);
        var wrapped = keys.Seal(key, purpose);
        var box = SealedBox.Seal(key, data, Encoding.UTF8.GetBytes(purpose));
        var row = new byte[LengthBytes + wrapped.Length + box.Length];
        BinaryPrimitives.WriteUInt16BigEndian(row, checked((ushort)wrapped.Length));
        wrapped.CopyTo(row, LengthBytes);
        box.CopyTo(row, LengthBytes + wrapped.Length);
        var commitment = Commit(purpose, key, data);
        CryptographicOperations.ZeroMemory(key);
        return new SealedPersonalData(row, commitment);
    }

    /// <exception cref="CryptographicException">Altered, or another person's row.</exception>
    public byte[] Open(string id, ReadOnlySpan<byte> row) => OpenWithKey(Purpose(id), row).Data;

    /// <summary>Is this row what the log committed to?</summary>
    /// <exception cref="CryptographicException">Altered, or another person's row.</exception>
    public bool Matches(string id, ReadOnlySpan<byte> row, string commitment)
    {
        var (data, key) = OpenWithKey(Purpose(id), row);
        return Commit(Purpose(id), key, data).Equals(commitment, StringComparison.Ordinal);
    }

    private (byte[] Data, byte[] Key) OpenWithKey(string purpose, ReadOnlySpan<byte> row)
    {
        var length = row.Length < LengthBytes ? 0 : BinaryPrimitives.ReadUInt16BigEndian(row);
        if (length == 0 || row.Length < LengthBytes + length)
        {
            throw new CryptographicException("This row holds no personal data.");
        }
        var key = keys.Open(row.Slice(LengthBytes, length), purpose);
        var box = row[(LengthBytes + length)..];
        return (SealedBox.Open(key, box, Encoding.UTF8.GetBytes(purpose)), key);
    }

    private string Commit(string purpose, byte[] key, ReadOnlySpan<byte> data)
    {
        var salt = HKDF.Expand(HashAlgorithmName.SHA256, key, 32, "commitment"u8.ToArray());
        return Convert.ToHexStringLower(keys.Commit([.. salt, .. data], purpose));
    }

    private static string Purpose(string id) => $"personal-data/{id}";
}
