using Tillkeeper.Core;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Cases;

/// <summary>What a list of cases is narrowed down to; everything that is left out lets everything through.</summary>
internal sealed record CaseFilter
{
    /// <summary>A state, or <c>unsettled</c>: open or approved.</summary>
    public string? State { get; init; }
    public string? Number { get; init; }
    public bool? Overdue { get; init; }

    /// <summary>A person's id, <c>me</c>, or <c>none</c>.</summary>
    public string? Assignee { get; init; }
    public string? Terminal { get; init; }

    /// <summary>Its id, or a part of its name.</summary>
    public string? Merchant { get; init; }
    public string? WayOut { get; init; }
    public string? Severity { get; init; }

    /// <summary>With <c>due</c> what is due first comes first; else the order is that of the ids.</summary>
    public string? Sort { get; init; }

    private const int Longest = 100;
    private const string Unsettled = "unsettled";

    /// <summary>The states it lets through; null for all.</summary>
    public IReadOnlyList<string>? States =>
        State switch
        {
            null or "" => null,
            Unsettled => [Words.Of(CaseStatus.Open), Words.Of(CaseStatus.Approved)],
            _ => [State],
        };

    /// <summary>The causes that are as grave as asked for; null for all.</summary>
    public IReadOnlyList<string>? Causes =>
        Words.TryParse<Severity>(Severity, out var severity)
            ? [.. LockTable.All.Where(c => c.Severity == severity).Select(c => Words.Of(c.Cause))]
            : null;

    public bool ByDue => Sort == "due";

    /// <summary>An empty word is none: a form sends every field that it has.</summary>
    public static string? Given(string? word) => word is null or "" ? null : word;

    public Refusal? Wrong()
    {
        if (Given(State) is { } state && state != Unsettled && !IsWord<CaseStatus>(state))
        {
            return Refusal.Invalid("state", $"Use one of: {Words.All<CaseStatus>()}, {Unsettled}.");
        }
        if (Given(Number) is { } number && CaseNumber.Read(number) is null)
        {
            return Refusal.Invalid(
                "number",
                "This is no number of a case; have it read out again."
            );
        }
        if (Given(WayOut) is { } way && !IsWord<WayOut>(way))
        {
            return Refusal.Invalid("wayOut", $"Use one of: {Words.All<WayOut>()}.");
        }
        if (Given(Severity) is { } severity && !IsWord<Severity>(severity))
        {
            return Refusal.Invalid("severity", $"Use one of: {Words.All<Severity>()}.");
        }
        if (Given(Sort) is { } sort && sort != "due")
        {
            return Refusal.Invalid("sort", "Use: due.");
        }
        return Merchant?.Length > Longest
            ? Refusal.Invalid("merchant", $"Use at most {Longest} characters.")
            : null;
    }

    private static bool IsWord<T>(string word)
        where T : struct, Enum => Words.TryParse<T>(word, out _);
}
