using System.Text.RegularExpressions;

namespace Tillkeeper.House;

/// <summary>Pictures in the README and the guides: each that is named is there, each that is there is named, and none is heavy.</summary>
public sealed partial class PictureTests
{
    private const long Heaviest = 120 * 1024;

    private static readonly string Folder = Repository.PathTo("docs", "pictures");

    [Fact]
    public void Every_picture_that_a_text_names_is_there()
    {
        var missing = Named().Where(p => !File.Exists(p)).Select(Repository.Relative);

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_picture_is_named_by_a_text_and_light()
    {
        var named = Named().ToHashSet(StringComparer.Ordinal);
        var pictures = Directory.GetFiles(Folder);

        Assert.NotEmpty(pictures);
        Assert.Empty(pictures.Where(p => !named.Contains(p)).Select(Repository.Relative));
        Assert.Empty(
            pictures
                .Where(p => new FileInfo(p).Length > Heaviest)
                .Select(p => $"{Repository.Relative(p)} is heavier than {Heaviest} bytes")
        );
    }

    private static IEnumerable<string> Named() =>
        Repository
            .Files("docs", "*.md")
            .Concat(Directory.GetFiles(Repository.Root, "*.md"))
            .SelectMany(text =>
                Link()
                    .Matches(File.ReadAllText(text))
                    .Select(m => m.Groups["path"].Value)
                    .Select(p => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(text)!, p)))
            );

    [GeneratedRegex(@"!\[[^\]]*\]\((?<path>[^)\s:]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
