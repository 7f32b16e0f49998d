using System.Globalization;
using System.Text.Json;

namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>What the agent said last, and where the person is: everything that a view needs.</summary>
internal sealed class TextState(ScreenTexts texts, LocalAgent agent)
{
    private string? chosen;

    public ScreenTexts Texts { get; set; } = texts;
    public LocalAgent Agent { get; } = agent;

    /// <summary>The last answer that was one; nothing before the first.</summary>
    public JsonElement Status { get; private set; }

    /// <summary>Since when nobody answers, by <see cref="TimeProvider.GetTimestamp"/>; null while somebody does.</summary>
    public long? LostSince { get; private set; }

    /// <summary>503: not enrolled yet, or replaced.</summary>
    public string? Refused { get; private set; }

    /// <summary>What came of the last act; gone with the next key.</summary>
    public string? Notice { get; set; }
    public int Page { get; set; }

    /// <summary>As the last frame was laid out.</summary>
    public int LastPage { get; set; }
    public IReadOnlyList<TextLock> Locks { get; private set; } = [];

    public TextLock? Lock => Locks.FirstOrDefault(l => l.Id == chosen);

    public bool Known => Status.ValueKind == JsonValueKind.Object;

    public bool SetUp => Flag("setUp");

    public bool SignedIn =>
        Known && Status.GetProperty("signedIn").ValueKind == JsonValueKind.Object;

    public string Phone => Known ? Status.GetProperty("supportPhone").GetString()! : "";

    /// <summary>What no lock on the terminal leaves over is blocked.</summary>
    public IEnumerable<string> Blocked => Locks.Where(l => l.OfTerminal).SelectMany(l => l.Scope);

    public bool Flag(string name) => Known && Status.GetProperty(name).GetBoolean();

    /// <summary>Takes in an answer to the question how things stand. A graver lock than those before comes into sight.</summary>
    public void Take(LocalAnswer answer)
    {
        Refused = answer.Status == 503 ? answer.Text("code") ?? "not_enrolled" : null;
        LostSince =
            answer.Ok || Refused is not null
                ? null
                : LostSince ?? TimeProvider.System.GetTimestamp();
        if (!answer.Ok)
        {
            return;
        }
        Status = answer.Body;
        var known = Locks.Select(l => l.Id).ToHashSet(StringComparer.Ordinal);
        // The agent tells the gravest first.
        Locks = [.. Status.GetProperty("locks").EnumerateArray().Select(l => TextLock.Of(l, Now))];
        if (Lock is null || (Locks.Count > 0 && !known.Contains(Locks[0].Id)))
        {
            Choose(Locks.Count > 0 ? Locks[0].Id : null);
        }
    }

    /// <returns>Whether there is another lock to go to.</returns>
    public bool NextLock(int step)
    {
        if (Locks.Count < 2)
        {
            return false;
        }
        var at = Locks.ToList().FindIndex(l => l.Id == chosen);
        Choose(Locks[(at + step + Locks.Count) % Locks.Count].Id);
        return true;
    }

    /// <summary>How things stand, in one word of the texts.</summary>
    public string Word()
    {
        if (Refused is not null)
        {
            return Refused == "replaced" ? "replaced" : "not_enrolled";
        }
        if (LostSince is not null || !Known)
        {
            return LostSince is null ? "starting" : "lost";
        }
        if (!SetUp && Locks.Count == 0)
        {
            return "setup";
        }
        if (Flag("inTransaction"))
        {
            return "sale";
        }
        var blocked = Blocked.ToHashSet(StringComparer.Ordinal);
        if (blocked.Contains("card_payment") && blocked.Contains("qr_payment"))
        {
            return "locked";
        }
        return Locks.Count > 0 ? "limited" : "ready";
    }

    private DateTimeOffset Now => Status.GetProperty("now").GetDateTimeOffset();

    private void Choose(string? id)
    {
        chosen = id;
        Page = 0;
    }
}

/// <summary>A lock as the local API tells it.</summary>
/// <param name="SecondsLeft">The terminal's own countdown, or else the time to the end that was promised.</param>
internal sealed record TextLock(
    string Id,
    string Code,
    bool OfTerminal,
    string Cause,
    string Status,
    long Age,
    long? SecondsLeft,
    int CodeTriesLeft,
    IReadOnlyList<string> Scope,
    IReadOnlyList<string> WaysOut,
    JsonElement Explanation
)
{
    public bool ByCode => CodeTriesLeft > 0 && WaysOut.Contains("offline_code");

    public static TextLock Of(JsonElement told, DateTimeOffset now)
    {
        long? left = told.TryGetProperty("remainingSeconds", out var rest) ? rest.GetInt64() : null;
        if (left is null && told.TryGetProperty("expectedEnd", out var end))
        {
            var promised = (long)(end.GetDateTimeOffset() - now).TotalSeconds;
            left = promised > 0 ? promised : null;
        }
        return new TextLock(
            told.GetProperty("id").GetString()!,
            told.GetProperty("code").GetString()!,
            told.GetProperty("subject").GetProperty("kind").GetString() == "terminal",
            told.GetProperty("cause").GetString()!,
            told.GetProperty("status").GetString()!,
            (long)(now - told.GetProperty("since").GetDateTimeOffset()).TotalSeconds,
            left,
            told.GetProperty("codeTriesLeft").GetInt32(),
            Strings(told, "scope"),
            Strings(told, "waysOut"),
            told.GetProperty("explanation")
        );
    }

    public string Told(string part) => Explanation.GetProperty(part).GetString() ?? "";

    /// <summary>Minutes and seconds, with hours in front when there are any.</summary>
    public static string Clock(long seconds) =>
        TimeSpan
            .FromSeconds(seconds)
            .ToString(seconds < 3600 ? @"mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture)
            .Replace("0.", "", StringComparison.Ordinal);

    private static List<string> Strings(JsonElement from, string name) =>
        [.. from.GetProperty(name).EnumerateArray().Select(s => s.GetString()!)];
}
