using System.Globalization;
using System.Text;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>
/// <c>docs/concepts/ways-out/impostors.md</c>: its table is written from the attacks, with TILLKEEPER_UPDATE=1; otherwise it must be what would be
/// written.
/// </summary>
internal static class ImpostorPage
{
    private const string Begin = "<!-- written from tests/Tillkeeper.Server.Tests/Impostors -->\n";
    private const string End = "<!-- to here -->\n";

    public static void Check()
    {
        var path = Path.Combine(Snapshot.Root(), "docs", "concepts", "ways-out", "impostors.md");
        var page = File.ReadAllText(path);
        var from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = page.IndexOf(End, StringComparison.Ordinal);
        Assert.True(from >= Begin.Length && to >= from, $"{path} has lost the marks of its table.");
        if (Environment.GetEnvironmentVariable("TILLKEEPER_UPDATE") == "1")
        {
            File.WriteAllText(path, page[..from] + Table() + page[to..]);
        }
        else
        {
            Assert.Equal(Table(), page[from..to]);
        }
    }

    private static string Table()
    {
        StringBuilder table = new("| way out | lock | the impostor | the honest twin |\n");
        table.Append("|---|---|---|---|\n");
        foreach (var a in Attacks.All.OrderBy(a => a.WayOut).ThenBy(a => a.Cause))
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"| `{Words.Of(a.WayOut)}` | `{Words.Of(a.Cause)}` | {a.Name} | {a.Honest} |\n"
            );
        }
        return table.ToString();
    }
}
