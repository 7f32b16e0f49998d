namespace Tillkeeper.Server.Terminals;

/// <summary>
/// In which order terminals are listed, and where a page of them begins. An id or a serial is its own cursor; of what several terminals
/// share the cursor is <c>ID~VALUE</c>.
/// </summary>
internal sealed record TerminalOrder(string Key, bool Back)
{
    private const char Between = '~';

    public static IReadOnlyList<string> Words { get; } = ["id", "serial", "model", "version"];

    public static bool IsKnown(string sort) => Words.Contains(sort.TrimStart('-'));

    public static TerminalOrder Of(string? sort) =>
        sort is null ? new("id", false) : new(sort.TrimStart('-'), sort.StartsWith('-'));

    private bool IsShared => Key is "model" or "version";

    private char Beyond => Back ? '<' : '>';

    /// <summary>What comes after a cursor; nothing at all for the first page, so that an index leads straight there.</summary>
    public string From(string after) =>
        (after, IsShared) switch
        {
            ("", _) => "",
            (_, true) => $" AND (t.{Key}, t.id) {Beyond} (@Value, @Id)",
            _ => $" AND t.{Key} {Beyond} @Value",
        };

    public string By
    {
        get
        {
            var way = Back ? " DESC" : "";
            return IsShared ? $"t.{Key}{way}, t.id{way}" : $"t.{Key}{way}";
        }
    }

    public string CursorOf(TerminalList.TerminalRow row) =>
        Key switch
        {
            "serial" => row.Serial,
            "model" => $"{row.Id}{Between}{row.Model}",
            "version" => $"{row.Id}{Between}{row.Version}",
            _ => row.Id,
        };

    public (string Id, string Value) Read(string after)
    {
        var at = IsShared ? after.IndexOf(Between, StringComparison.Ordinal) : -1;
        return at < 0 ? (after, after) : (after[..at], after[(at + 1)..]);
    }
}
