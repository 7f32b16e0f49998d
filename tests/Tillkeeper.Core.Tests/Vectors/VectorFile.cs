using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tillkeeper.Core.Tests.Vectors;

/// <summary>
/// A file of <c>contracts/vectors</c>. It is written once, with <c>TILLKEEPER_UPDATE=1</c>, when it is not there; from then on it is what
/// other implementations are checked against, so that it only ever changes by being deleted and argued for in a review.
/// </summary>
internal static class VectorFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string Folder => Path.Combine(Root, "contracts", "vectors");

    public static T Read<T>(string name, Func<T> make)
    {
        var file = Path.Combine(Folder, name + ".json");
        if (!File.Exists(file) && Environment.GetEnvironmentVariable("TILLKEEPER_UPDATE") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(file, JsonSerializer.Serialize(make(), Options) + "\n");
        }
        return JsonSerializer.Deserialize<T>(File.ReadAllText(file), Options)!;
    }

    private static string FindRoot(string from) =>
        File.Exists(Path.Combine(from, "Tillkeeper.slnx"))
            ? from
            : FindRoot(
                Path.GetDirectoryName(from)
                    ?? throw new InvalidOperationException("No Tillkeeper.slnx above the tests.")
            );
}
