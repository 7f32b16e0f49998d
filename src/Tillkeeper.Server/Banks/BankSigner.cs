using System.Text.Json;
using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Banks;

/// <summary>Signs what banks are asked, with a key of its own: no order to a terminal can ever be made of it.</summary>
internal sealed class BankSigner : IDisposable
{
    private const string SecretName = "bank-request-key";
    public const string Kid = "tillkeeper-1";
    private readonly SigningKey key;

    public BankSigner(ISealedStore store, IKeys keys) =>
        key = new SigningKey(new Vault(store, keys).FindOrAdd(SecretName, SigningKey.Generate));

    /// <summary>What a bank verifies with: SubjectPublicKeyInfo, DER.</summary>
    public byte[] PublicKey => key.PublicKey;

    public string Sign(RequestMessage message)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(
            message,
            BankMessageJson.Default.RequestMessage
        );
        var input = Jws.InputFor(Kid, RequestMessage.Typ, payload);
        return Jws.Compose(input, key.Sign(input));
    }

    public void Dispose() => key.Dispose();
}
