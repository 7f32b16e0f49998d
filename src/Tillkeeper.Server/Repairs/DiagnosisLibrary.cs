using System.Text.Json;
using Tillkeeper.Core.Repairs.Diagnosis;

namespace Tillkeeper.Server.Repairs;

/// <summary>The diagnosis trees, one JSON file each: those that come with the server, or an operator's own (<c>--diagnosis DIR</c>).</summary>
internal sealed class DiagnosisLibrary
{
    private const int LongestFile = 1 << 20;
    private readonly IReadOnlyList<DiagnosisTree> trees;

    private DiagnosisLibrary(IReadOnlyList<DiagnosisTree> trees) => this.trees = trees;

    public static string Default { get; } =
        Path.Combine(AppContext.BaseDirectory, "content", "diagnosis");

    /// <exception cref="FormatException">A file is wrong; says which, and everything that is.</exception>
    public static DiagnosisLibrary Load(string? folder) =>
        new([
            .. Directory
                .EnumerateFiles(folder ?? Default, "*.json")
                .Order(StringComparer.Ordinal)
                .Select(Read),
        ]);

    /// <summary>A model's own tree of each part, or the one for every model; by part.</summary>
    public IEnumerable<DiagnosisTree> For(string model) =>
        trees
            .Where(t =>
                t.Models is null || t.Models.Contains(model, StringComparer.OrdinalIgnoreCase)
            )
            .GroupBy(t => t.Part, StringComparer.Ordinal)
            .Select(own => own.FirstOrDefault(t => t.Models is not null) ?? own.First())
            .OrderBy(t => t.Part, StringComparer.Ordinal);

    private static DiagnosisTree Read(string file)
    {
        try
        {
            if (new FileInfo(file).Length > LongestFile)
            {
                throw new FormatException($"{file}: longer than {LongestFile} bytes.");
            }
            var tree =
                JsonSerializer.Deserialize(
                    File.ReadAllBytes(file),
                    DiagnosisJson.Default.DiagnosisTree
                ) ?? throw new FormatException($"{file}: it is empty.");
            return DiagnosisCheck.Of(tree) is { Count: > 0 } wrong
                ? throw new FormatException($"{file}: {string.Join(' ', wrong)}")
                : tree;
        }
        catch (JsonException e)
        {
            throw new FormatException($"{file}: {e.Message}", e);
        }
    }
}
