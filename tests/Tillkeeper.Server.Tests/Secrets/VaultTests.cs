using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Tests.Secrets;

public sealed class VaultTests : IDisposable
{
    private static readonly byte[] Secret = "a secret of some length"u8.ToArray();
    private readonly TempFolder folder = new();
    private readonly MemoryStore store = new();
    private readonly Vault vault;

    public VaultTests() => vault = new Vault(store, folder.MasterKey());

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_secret_is_found_again_and_not_readable_in_the_store()
    {
        vault.Add("code-key", Secret);

        Assert.Equal(Secret, new Vault(store, folder.MasterKey()).Find("code-key"));
        Assert.False(store.Leaks(Secret));
        Assert.Null(vault.Find("ca"));
    }

    [Fact]
    public void A_row_moved_to_another_name_does_not_open()
    {
        vault.Add("order-key/a", Secret);
        store.Add("order-key/b", store.Find("order-key/a")!);

        var problem = Assert.Throws<SecretsUnusableException>(() => vault.Find("order-key/b"));

        Assert.Contains("'order-key/b'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_master_key_is_named_as_the_problem()
    {
        vault.Add("ca", Secret);
        var other = new Vault(store, folder.MasterKey("other.key"));

        var problem = Assert.Throws<SecretsUnusableException>(() => other.Find("ca"));

        Assert.Contains("--master-key", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_made_once()
    {
        Assert.Equal(Secret, vault.FindOrAdd("ca", () => Secret));
        Assert.Equal(Secret, vault.FindOrAdd("ca", () => throw new InvalidOperationException()));
    }

    [Fact]
    public void Of_two_replicas_that_make_a_secret_at_once_the_first_wins()
    {
        byte[] MakeWhileAnotherDoes()
        {
            vault.Add("ca", Secret);
            return [1, 2, 3];
        }

        Assert.Equal(Secret, vault.FindOrAdd("ca", MakeWhileAnotherDoes));
    }

    [Fact]
    public void A_store_that_fails_is_not_taken_for_a_race()
    {
        var broken = new Vault(new BrokenStore(), folder.MasterKey());
        Assert.Throws<IOException>(() => broken.FindOrAdd("ca", () => Secret));
    }

    private sealed class BrokenStore : ISealedStore
    {
        public byte[]? Find(string name) => null;

        public void Add(string name, byte[] sealedBytes) => throw new IOException("disk full");

        public IReadOnlyList<string> Names(string prefix) => [];
    }
}
