using System.Globalization;
using System.Text.Json.Nodes;

namespace Tillkeeper.Cli.Output;

/// <summary>Locks with how far each has come: confirmed is only what the terminal has applied.</summary>
internal static class LocksView
{
    public static void Locks(this Screen screen, JsonNode? holder, DateTimeOffset now)
    {
        var locks = holder.Objects("locks");
        if (locks.Count == 0)
        {
            screen.Line("no locks");
        }

        foreach (var held in locks)
        {
            screen.Line(
                $"{held.Text("code")} {held.Text("cause")}: {Status(held)}{Age(held, now)}"
            );
            screen.Details(
                ("lock", held.Text("id")),
                ("subject", $"{held.Text("subject.kind")} {held.Text("subject.operator")}".Trim()),
                ("owner", held.Text("owner")),
                ("blocks", held.Text("scope")),
                ("since", held.Text("since")),
                ("expected end", held.Text("expectedEnd")),
                ("ways out", held.Text("waysOut")),
                ("message", held.Text("message"))
            );
        }
    }

    private static string Status(JsonObject held) =>
        held.Text("status") is { Length: > 0 } status ? status : "pending";

    private static string Age(JsonObject held, DateTimeOffset now) =>
        DateTimeOffset.TryParse(
            held.Text("since"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var start
        )
            ? $", for {Duration.InWords(now - start)}"
            : "";
}
