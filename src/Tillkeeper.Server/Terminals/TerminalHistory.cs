using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Terminals;

/// <summary>What happened to a terminal, told by the log; the terminal's own events under their own names.</summary>
internal sealed class TerminalHistory(Database database)
{
    internal sealed record EventView(
        string Id,
        DateTimeOffset At,
        string Type,
        string Actor,
        string Source,
        JsonElement Data,
        string? ReportedAt
    );

    /// <param name="inside">False leaves out who of the provider acted, from where and why: that is not the shop's to read.</param>
    public Page<EventView> Read(string terminal, Paging page, bool inside)
    {
        _ = long.TryParse(
            page.After,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var after
        );
        var stream = TerminalStreams.Kind.NameOf(terminal);
        var rows = database.Read(c => StreamRows.After(c, stream, after, page.Limit + 1));
        return page.Cut([.. rows.Select(View).Select(e => inside ? e : ForTheShop(e))], e => e.Id);
    }

    /// <summary>The same, newest first; the cursor is the oldest of the page before.</summary>
    public Page<EventView> ReadBack(string terminal, Paging page, bool inside)
    {
        var before = long.TryParse(
            page.After,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var place
        )
            ? place
            : long.MaxValue;
        var stream = TerminalStreams.Kind.NameOf(terminal);
        var rows = database.Read(c => StreamRows.Before(c, stream, before, page.Limit + 1));
        return page.Cut([.. rows.Select(View).Select(e => inside ? e : ForTheShop(e))], e => e.Id);
    }

    private static EventView ForTheShop(EventView e)
    {
        if (JsonObject.Create(e.Data) is not { } data)
        {
            return e with { Source = "" };
        }
        data.Remove("reason");
        data.Remove("people");
        data.Remove("person");
        (data["lock"]?["evidence"] as JsonObject)?.Remove("reason");
        var mine = e.Actor.StartsWith("terminal/", StringComparison.Ordinal);
        return e with
        {
            Actor = mine ? e.Actor : "provider",
            Source = mine ? e.Source : "",
            Data = JsonSerializer.SerializeToElement(data),
        };
    }

    private static EventView View(StoredEvent row)
    {
        var id = row.Place.ToString(CultureInfo.InvariantCulture);
        var data = JsonSerializer.Deserialize<JsonElement>(row.Data);
        return row.Type == "terminal.reported.v1"
            ? new EventView(
                id,
                row.At,
                data.GetProperty("type").GetString()!,
                row.Actor,
                row.Source,
                data.GetProperty("data"),
                data.GetProperty("at").GetString()
            )
            : new EventView(id, row.At, row.Type, row.Actor, row.Source, data, null);
    }
}
