using System.Runtime.Versioning;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Tests.Secrets;

[UnsupportedOSPlatform("windows")]
public sealed class DurableFileTests : IDisposable
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_has_its_content_and_mode_and_leaves_nothing_beside_it()
    {
        Assert.True(DurableFile.TryCreate(folder.File("a"), "content"u8, Mode));

        Assert.Equal("content", File.ReadAllText(folder.File("a")));
        Assert.Equal(Mode, File.GetUnixFileMode(folder.File("a")));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_taken_name_is_left_as_it_was()
    {
        File.WriteAllText(folder.File("a"), "first");

        Assert.False(DurableFile.TryCreate(folder.File("a"), "second"u8, Mode));

        Assert.Equal("first", File.ReadAllText(folder.File("a")));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_missing_folder_is_an_error() =>
        Assert.ThrowsAny<IOException>(() =>
            DurableFile.TryCreate(folder.File("no/such/file"), "content"u8, Mode)
        );
}
