using System.Security.Cryptography;

namespace Tillkeeper.Server.Secrets;

/// <summary>
/// The sealed store with the key to it. A secret is sealed for its own name, so that exchanging two rows is found out.
/// </summary>
internal sealed class Vault(ISealedStore store, IKeys keys)
{
    /// <summary>The secret of this name, or null.</summary>
    /// <exception cref="SecretsUnusableException">It is there but does not open.</exception>
    public byte[]? Find(string name)
    {
        if (store.Find(name) is not { } box)
        {
            return null;
        }
        try
        {
            return keys.Open(box, name);
        }
        catch (CryptographicException e)
        {
            throw new SecretsUnusableException(
                $"The master key does not open the secret '{name}'. Start with the master key that this data was made with"
                    + " (--master-key FILE); if it is the right one, the data has been altered: restore a backup.",
                e
            );
        }
    }

    /// <summary>Keeps a secret durably; throws when the name is taken.</summary>
    public void Add(string name, ReadOnlySpan<byte> secret) =>
        store.Add(name, keys.Seal(secret, name));

    /// <summary>The secret of this name, made now when there is none. When two replicas make it at once, both get the first one's.</summary>
    public byte[] FindOrAdd(string name, Func<byte[]> make)
    {
        if (Find(name) is { } found)
        {
            return found;
        }
        var made = make();
        try
        {
            Add(name, made);
            return made;
        }
        catch (Exception) when (store.Find(name) is not null)
        {
            return Find(name)!;
        }
    }

    public IReadOnlyList<string> Names(string prefix) => store.Names(prefix);
}
