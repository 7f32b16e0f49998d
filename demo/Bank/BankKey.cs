using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.DemoBank;

/// <summary>The bank's signing key (P-256), and the envelope that each of its messages travels in.</summary>
internal sealed class BankKey(ECDsa key)
{
    public const string Kid = "demo-bank-1";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    public string PublicPem => key.ExportSubjectPublicKeyInfoPem();

    public static BankKey LoadOrCreate(string folder)
    {
        var file = Path.Combine(folder, "bank.key");
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(file))
        {
            key.ImportFromPem(File.ReadAllText(file));
        }
        else
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(file, key.ExportPkcs8PrivateKeyPem());
        }
        return new BankKey(key);
    }

    /// <summary>A message of ours, signed for one use within two minutes.</summary>
    public string Sign(string bank, string typ, JsonObject message)
    {
        var now = DateTimeOffset.UtcNow;
        message["iss"] = bank;
        message["aud"] = "tillkeeper";
        message["iat"] = $"{now:yyyy-MM-ddTHH:mm:ss.fffZ}";
        message["exp"] = $"{now + Life:yyyy-MM-ddTHH:mm:ss.fffZ}";
        var input = Jws.InputFor(Kid, typ, JsonSerializer.SerializeToUtf8Bytes(message));
        var signature = key.SignData(
            input,
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation
        );
        return Jws.Compose(input, signature);
    }
}
