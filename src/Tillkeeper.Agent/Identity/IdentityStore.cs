using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Journal;

namespace Tillkeeper.Agent.Identity;

/// <summary>The identity on disk and in use.</summary>
internal sealed partial class IdentityStore(
    IDisk disk,
    DataFolder folder,
    ILogger<IdentityStore> logger
) : IDisposable
{
    private volatile Held? held;

    /// <summary>The identity; null until enrolled.</summary>
    public TerminalIdentity? Current => held?.Identity;

    /// <exception cref="InvalidOperationException">Asked before enrolment: a bug, nothing that needs it runs before.</exception>
    public TerminalIdentity Required =>
        Current ?? throw new InvalidOperationException("The terminal is not enrolled.");

    /// <summary>The client certificate with its key; null until enrolled.</summary>
    public X509Certificate2? ClientCertificate => held?.Client;

    /// <summary>The CA's certificate once enrolled.</summary>
    public X509Certificate2? Ca => held?.Ca;

    /// <summary>Reads the identity. One that cannot be read is put aside: the terminal must enrol again.</summary>
    public void Load()
    {
        if (!disk.Exists(folder.Identity))
        {
            return;
        }
        try
        {
            var read = JsonSerializer.Deserialize(
                disk.ReadAllBytes(folder.Identity),
                IdentityJson.Default.TerminalIdentity
            );
            held = Hold(read ?? throw new JsonException("The file is empty."));
        }
        catch (Exception e) when (e is JsonException or CryptographicException)
        {
            var aside = Aside.Put(disk, folder.Identity);
            // The exception's text may quote the file.
            LogUnreadable(aside, e.GetType().Name);
        }
    }

    /// <summary>Keeps a new or renewed identity; it is durable when this returns.</summary>
    public void Keep(TerminalIdentity identity)
    {
        var next = Hold(identity);
        disk.WriteDurably(
            folder.Identity,
            JsonSerializer.SerializeToUtf8Bytes(identity, IdentityJson.Default.TerminalIdentity)
        );
        // The one before is left to the collector: a connection may still be using it.
        held = next;
    }

    /// <summary>Deletes the identity with its keys; it stays deleted when this returns.</summary>
    public void Forget()
    {
        disk.Delete(folder.Identity);
        // Left to the collector too: a connection may still be using it.
        held = null;
    }

    public void Dispose()
    {
        held?.Client.Dispose();
        held?.Ca.Dispose();
    }

    private static Held Hold(TerminalIdentity identity)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(identity.PrivateKey, out _);
        using var bare = X509Certificate2.CreateFromPem(identity.Certificate);
        try
        {
            return new Held(
                identity,
                bare.CopyWithPrivateKey(key),
                X509Certificate2.CreateFromPem(identity.Ca)
            );
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException("Certificate and key do not belong together.", e);
        }
    }

    private sealed record Held(
        TerminalIdentity Identity,
        X509Certificate2 Client,
        X509Certificate2 Ca
    );
}
