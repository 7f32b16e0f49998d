using System.Security.Cryptography;
using System.Text;

namespace Tillkeeper.Server.Secrets;

/// <summary>
/// The master key in a file (see <see cref="MasterKeyFile"/>). It is never used itself: each use and purpose has a
/// subkey of its own by HKDF-SHA256 (RFC 5869), and a purpose is authenticated beside what is sealed.
/// </summary>
internal sealed class FileMasterKey : IKeys, IDisposable
{
    private readonly byte[] master;

    private FileMasterKey(byte[] master, bool wasCreated)
    {
        this.master = master;
        WasCreated = wasCreated;
    }

    /// <summary>True when this start made the file: whoever runs the server must be told to keep a copy of it.</summary>
    public bool WasCreated { get; }

    /// <summary>Reads the key, or makes one when there is none and <paramref name="mayCreate"/> allows it.</summary>
    /// <param name="mayCreate">Only right while nothing has been sealed yet: a new key opens nothing old.</param>
    /// <exception cref="SecretsUnusableException">Missing, open to others, or not a key.</exception>
    public static FileMasterKey LoadOrCreate(string path, bool mayCreate)
    {
        var created = mayCreate && !File.Exists(path) && MasterKeyFile.TryCreate(path);
        return new FileMasterKey(MasterKeyFile.Read(path), created);
    }

    public byte[] Seal(ReadOnlySpan<byte> plain, string purpose)
    {
        Span<byte> key = stackalloc byte[SealedBox.KeyBytes];
        Subkey("seal", purpose, key);
        var box = SealedBox.Seal(key, plain, Encoding.UTF8.GetBytes(purpose));
        CryptographicOperations.ZeroMemory(key);
        return box;
    }

    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string purpose)
    {
        Span<byte> key = stackalloc byte[SealedBox.KeyBytes];
        Subkey("seal", purpose, key);
        try
        {
            return SealedBox.Open(key, sealedBytes, Encoding.UTF8.GetBytes(purpose));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    public byte[] Commit(ReadOnlySpan<byte> data, string purpose)
    {
        Span<byte> key = stackalloc byte[SealedBox.KeyBytes];
        Subkey("commit", purpose, key);
        var commitment = HMACSHA256.HashData(key, data);
        CryptographicOperations.ZeroMemory(key);
        return commitment;
    }

    public byte[] Derive(string purpose, int length)
    {
        var key = new byte[length];
        Subkey("derive", purpose, key);
        return key;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(master);

    private void Subkey(string use, string purpose, Span<byte> key) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            master,
            key,
            salt: [],
            info: Encoding.UTF8.GetBytes($"tillkeeper/{use}/v1\0{purpose}")
        );
}
