using System.Security.Cryptography;

namespace Tillkeeper.Server.Tests.Secrets;

public sealed class FileMasterKeyTests : IDisposable
{
    private static readonly byte[] Plain = "something nobody may read"u8.ToArray();
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_sealed_opens_again_after_a_restart()
    {
        var box = folder.MasterKey().Seal(Plain, "ca");

        Assert.Equal(-1, box.AsSpan().IndexOf(Plain.AsSpan(0, 8)));
        Assert.Equal(Plain, folder.MasterKey().Open(box, "ca"));
    }

    [Fact]
    public void Nothing_can_be_sealed_too() =>
        Assert.Empty(folder.MasterKey().Open(folder.MasterKey().Seal([], "ca"), "ca"));

    [Fact]
    public void Sealing_twice_gives_two_different_boxes()
    {
        var key = folder.MasterKey();
        Assert.NotEqual(key.Seal(Plain, "ca"), key.Seal(Plain, "ca"));
    }

    [Fact]
    public void Every_altered_bit_is_found()
    {
        var key = folder.MasterKey();
        var box = key.Seal(Plain, "ca");
        for (var bit = 0; bit < box.Length * 8; bit++)
        {
            box[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsAny<CryptographicException>(() => key.Open(box, "ca"));
            box[bit / 8] ^= (byte)(1 << (bit % 8));
        }
        Assert.Equal(Plain, key.Open(box, "ca"));
    }

    [Fact]
    public void A_box_cut_short_or_made_longer_is_refused()
    {
        var key = folder.MasterKey();
        var box = key.Seal(Plain, "ca");
        for (var length = 0; length < box.Length; length++)
        {
            Assert.ThrowsAny<CryptographicException>(() => key.Open(box.AsSpan(0, length), "ca"));
        }
        Assert.ThrowsAny<CryptographicException>(() => key.Open([.. box, 0], "ca"));
    }

    [Theory]
    [InlineData("code-key")]
    [InlineData("CA")]
    [InlineData("ca ")]
    [InlineData("")]
    public void A_box_opens_for_its_own_purpose_only(string other)
    {
        var key = folder.MasterKey();
        var box = key.Seal(Plain, "ca");
        Assert.ThrowsAny<CryptographicException>(() => key.Open(box, other));
    }

    [Fact]
    public void A_box_opens_under_its_own_master_key_only()
    {
        var box = folder.MasterKey("one.key").Seal(Plain, "ca");
        Assert.ThrowsAny<CryptographicException>(() => folder.MasterKey("two.key").Open(box, "ca"));
    }

    [Fact]
    public void A_commitment_depends_on_data_purpose_and_master_key_and_on_nothing_else()
    {
        var key = folder.MasterKey();
        var commitment = key.Commit(Plain, "document");

        Assert.Equal(32, commitment.Length);
        Assert.Equal(commitment, folder.MasterKey().Commit(Plain, "document"));
        Assert.NotEqual(commitment, key.Commit(Plain, "person"));
        Assert.NotEqual(commitment, key.Commit([.. Plain, 0], "document"));
        Assert.NotEqual(commitment, folder.MasterKey("other.key").Commit(Plain, "document"));
    }

    [Fact]
    public void Derived_keys_are_stable_and_differ_by_purpose()
    {
        var key = folder.MasterKey().Derive("cursor", 32);

        Assert.Equal(key, folder.MasterKey().Derive("cursor", 32));
        Assert.Equal(48, folder.MasterKey().Derive("cursor", 48).Length);
        Assert.NotEqual(key, folder.MasterKey().Derive("session", 32));
        Assert.NotEqual(key, folder.MasterKey("other.key").Derive("cursor", 32));
    }

    [Fact]
    public void The_uses_of_one_purpose_have_keys_of_their_own()
    {
        var key = folder.MasterKey();
        var derived = key.Derive("ca", 32);
        Assert.NotEqual(HMACSHA256.HashData(derived, Plain), key.Commit(Plain, "ca"));
    }
}
