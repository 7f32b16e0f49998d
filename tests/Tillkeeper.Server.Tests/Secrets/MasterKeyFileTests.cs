using System.Buffers.Text;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Tests.Secrets;

[UnsupportedOSPlatform("windows")]
public sealed class MasterKeyFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TempFolder folder = new();

    private string Path => folder.File("master.key");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_new_key_is_32_random_bytes_that_only_its_owner_can_read()
    {
        Assert.True(FileMasterKey.LoadOrCreate(Path, mayCreate: true).WasCreated);

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path));
        var text = File.ReadAllText(Path);
        Assert.Equal(44, text.Length);
        Assert.Equal(32, Base64Url.DecodeFromChars(text.AsSpan(0, 43)).Length);
        Assert.Equal([Path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_key_that_is_there_is_never_replaced()
    {
        _ = folder.MasterKey();
        var before = File.ReadAllBytes(Path);

        Assert.False(FileMasterKey.LoadOrCreate(Path, mayCreate: true).WasCreated);
        Assert.False(MasterKeyFile.TryCreate(Path));

        Assert.Equal(before, File.ReadAllBytes(Path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Servers_that_start_at_once_agree_on_one_key()
    {
        var boxes = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => Task.Run(() => folder.MasterKey().Seal("x"u8, "race")))
        );
        Assert.All(boxes, box => Assert.Equal("x"u8, folder.MasterKey().Open(box, "race")));
    }

    [Fact]
    public void A_missing_key_is_not_made_anew_when_it_must_exist()
    {
        var problem = Assert.Throws<SecretsUnusableException>(() =>
            FileMasterKey.LoadOrCreate(Path, mayCreate: false)
        );
        Assert.Contains(Path, problem.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void A_key_that_others_can_use_is_refused_with_the_remedy(UnixFileMode others)
    {
        _ = folder.MasterKey();
        File.SetUnixFileMode(Path, OwnerOnly | others);

        var problem = Assert.Throws<SecretsUnusableException>(() => folder.MasterKey());

        Assert.Contains($"chmod 600 {Path}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_even_its_owner_cannot_change_is_fine()
    {
        _ = folder.MasterKey();
        File.SetUnixFileMode(Path, UnixFileMode.UserRead);
        Assert.False(folder.MasterKey().WasCreated);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(4096)]
    public void A_key_of_another_length_is_refused_and_not_shown(int length)
    {
        var text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(length));
        Write(text);

        var problem = Assert.Throws<SecretsUnusableException>(() => folder.MasterKey());

        Assert.Contains("43 characters", problem.Message, StringComparison.Ordinal);
        Assert.True(length == 0 || !problem.Message.Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/", false)]
    [InlineData("?", false)]
    [InlineData("A", true)]
    public void Only_base64url_is_a_key(string last, bool right)
    {
        Write(new string('A', 42) + last + "\r\n");
        if (right)
        {
            Assert.False(folder.MasterKey().WasCreated);
        }
        else
        {
            Assert.Throws<SecretsUnusableException>(() => folder.MasterKey());
        }
    }

    [Theory]
    [InlineData("   \n")]
    [InlineData("\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nand then something else")]
    public void Nothing_stands_beside_the_key(string tail)
    {
        Write(new string('A', 43) + tail);
        Assert.Throws<SecretsUnusableException>(() => folder.MasterKey());
    }

    private void Write(string text)
    {
        File.WriteAllText(Path, text);
        File.SetUnixFileMode(Path, OwnerOnly);
    }
}
