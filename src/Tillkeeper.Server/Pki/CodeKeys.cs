using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Pki;

/// <summary>
/// The keys of offline codes, one for each terminal and epoch, 32 bytes. All come out of one sealed secret by HKDF-SHA256,
/// so nothing is stored for a terminal, and a terminal's key says nothing of another's.
/// </summary>
internal sealed class CodeKeys
{
    private const string SecretName = "code-key";
    private const int KeyBytes = 32;
    private readonly byte[] secret;

    private CodeKeys(byte[] secret) => this.secret = secret;

    /// <exception cref="SecretsUnusableException">The master key is not the one the secret was sealed with.</exception>
    public static CodeKeys LoadOrCreate(ISealedStore store, IKeys keys) =>
        new(
            new Vault(store, keys).FindOrAdd(
                SecretName,
                () => RandomNumberGenerator.GetBytes(KeyBytes)
            )
        );

    public byte[] For(string terminalId, int epoch)
    {
        var info = string.Create(
            CultureInfo.InvariantCulture,
            $"tillkeeper/code-key/v1\0{terminalId}|{epoch}"
        );
        return HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            secret,
            KeyBytes,
            info: Encoding.UTF8.GetBytes(info)
        );
    }
}
