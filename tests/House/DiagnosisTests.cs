using System.Text.Json;
using Tillkeeper.Core.Repairs.Diagnosis;

namespace Tillkeeper.House;

/// <summary>The diagnosis trees that come with the server: each parses, ends everywhere, and says everything in both languages.</summary>
public sealed class DiagnosisTests
{
    private static readonly string[] Files =
    [
        .. Directory.EnumerateFiles(Repository.PathTo("content", "diagnosis")).Order(),
    ];

    private static DiagnosisTree Read(string file) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(file), DiagnosisJson.Default.DiagnosisTree)!;

    [Fact]
    public void Every_tree_is_whole_and_named_as_its_file()
    {
        Assert.True(Files.Length >= 5, $"only {Files.Length} trees were found");
        foreach (var file in Files)
        {
            var tree = Read(file);
            Assert.Equal([], DiagnosisCheck.Of(tree));
            Assert.Equal(Path.GetFileNameWithoutExtension(file), tree.Name);
        }
    }

    [Fact]
    public void Chinese_texts_are_Chinese_and_use_full_width_punctuation() =>
        Assert.All(
            Files.Select(Read).SelectMany(t => t.Nodes.Values.Select(n => n.Text).Append(t.Title)),
            text =>
            {
                Assert.Contains(text.Zh, c => c is >= '\u4e00' and <= '\u9fff');
                Assert.DoesNotContain(text.Zh, c => c is ',' or ';' or ':' or '?' or '(');
            }
        );

    [Fact]
    public void Some_tree_has_a_step_that_touches_the_case() =>
        Assert.Contains(Files.Select(Read), t => t.Nodes.Values.Any(n => n.TouchesCase));
}
