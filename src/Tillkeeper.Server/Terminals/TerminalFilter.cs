using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Terminals;

/// <summary>What the list of terminals is narrowed down to; every given part must hold.</summary>
internal sealed record TerminalFilter
{
    private const int LongestWord = 200;
    private const int LongestSearch = 60;
    private const string Standing = "SELECT terminal FROM lock_spans WHERE ended_at IS NULL";
    private const string Past = $"{Standing} AND expected_end < @Now";
    private const string Tamper = $"{Standing} AND cause = 'tamper'";

    public string? Merchant { get; init; }

    /// <summary>An agent: all that it and the agents below it look after.</summary>
    public string? Org { get; init; }

    /// <summary>Beginning of a serial or of a merchant's name, a terminal number, or an id.</summary>
    public string? Q { get; init; }
    public string? Model { get; init; }
    public string? Version { get; init; }

    /// <summary>Only those that a lock of this cause holds.</summary>
    public string? Cause { get; init; }

    /// <summary>Only those that a lock of this severity holds.</summary>
    public string? Severity { get; init; }

    /// <summary>Only those that anything holds, or nothing.</summary>
    public bool? Locked { get; init; }

    /// <summary>Only those that are connected, or are not, as of when presence was last written down: seconds ago.</summary>
    public bool? Online { get; init; }

    /// <summary>Only those with a lock that stands although an end that was promised has passed, or without one.</summary>
    public bool? Late { get; init; }

    /// <summary>Only those with a tamper lock, or without one.</summary>
    public bool? Tampered { get; init; }

    /// <summary>Only those whose certificate is refused, or is not.</summary>
    public bool? Revoked { get; init; }

    /// <summary>One of <see cref="TerminalOrder.Words"/>, with <c>-</c> before it the other way round.</summary>
    public string? Sort { get; init; }

    public Refusal? Check() =>
        this switch
        {
            { Q.Length: > LongestSearch } => Refusal.Invalid(
                "q",
                $"Use at most {LongestSearch} characters."
            ),
            { Model.Length: > LongestWord } => Refusal.Invalid("model", TooLong),
            { Version.Length: > LongestWord } => Refusal.Invalid("version", TooLong),
            { Cause: { } cause } when !Words.TryParse<Cause>(cause, out _) => Refusal.Invalid(
                "cause",
                $"Use one of: {Words.All<Cause>()}."
            ),
            { Severity: { } severity } when !Words.TryParse<Severity>(severity, out _) =>
                Refusal.Invalid("severity", $"Use one of: {Words.All<Severity>()}."),
            { Sort: { } sort } when !TerminalOrder.IsKnown(sort) => Refusal.Invalid(
                "sort",
                $"Use one of: {string.Join(", ", TerminalOrder.Words)}, with - before it for the other way round."
            ),
            _ => null,
        };

    /// <summary>The causes of the asked severity.</summary>
    public IReadOnlyList<string> Causes =>
        Words.TryParse<Severity>(Severity, out var severity)
            ?
            [
                .. Enum.GetValues<Cause>()
                    .Where(c => LockTable.Of(c).Severity == severity)
                    .Select(c => Words.Of(c)),
            ]
            : [];

    /// <summary>The clauses that are needed and no others: each is served by an index.</summary>
    public string Where =>
        string.Concat(
            Merchant is null ? "" : " AND t.merchant = @Merchant",
            Model is null ? "" : " AND t.model = @Model",
            Version is null ? "" : " AND t.version = @Version",
            Cause is null ? "" : $" AND t.id IN ({Standing} AND cause = @Cause)",
            Severity is null ? "" : $" AND t.id IN ({Standing} AND cause IN @Causes)",
            Locked switch
            {
                true => $" AND t.id IN ({Standing})",
                false => $" AND NOT EXISTS ({Standing} AND terminal = t.id)",
                null => "",
            },
            Tampered switch
            {
                true => $" AND t.id IN ({Tamper})",
                false => $" AND NOT EXISTS ({Tamper} AND terminal = t.id)",
                null => "",
            },
            Late switch
            {
                true => $" AND t.id IN ({Past})",
                false => $" AND NOT EXISTS ({Past} AND terminal = t.id)",
                null => "",
            },
            Revoked switch
            {
                true => " AND t.id IN (SELECT terminal FROM revoked_terminals)",
                false =>
                    " AND NOT EXISTS (SELECT 1 FROM revoked_terminals r WHERE r.terminal = t.id)",
                null => "",
            },
            // One by one: those who are online are most of a fleet.
            Online switch
            {
                true => " AND (SELECT p.online FROM presence p WHERE p.terminal = t.id) IS 1",
                false => " AND (SELECT p.online FROM presence p WHERE p.terminal = t.id) IS NOT 1",
                null => "",
            },
            string.IsNullOrWhiteSpace(Q) ? "" : Found
        );

    private const string Found = """
         AND t.id IN (
          SELECT id FROM terminals WHERE serial >= @Prefix AND serial < @Beyond
          UNION SELECT @Prefix UNION SELECT terminal FROM bindings WHERE tid = @Prefix
          UNION SELECT x.id FROM merchants m JOIN terminals x ON x.merchant = m.id WHERE m.name >= @Prefix AND m.name < @Beyond)
        """;

    private static string TooLong => $"Use at most {LongestWord} characters.";
}
