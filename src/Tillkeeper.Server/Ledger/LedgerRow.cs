namespace Tillkeeper.Server.Ledger;

/// <summary>A manual record as it is stored, with its state beside it.</summary>
internal sealed record LedgerRow
{
    /// <summary>
    /// All of them, each with its state: void as soon as a counter entry ends it, disputed when it had been matched before. No state at all
    /// is open.
    /// </summary>
    public const string Columns = """
        SELECT m.*, m.reported_at AS reportedAt, m.signed_in AS signedIn, s.settlement, s.line, s.reason,
          CASE
            WHEN m.voids IS NOT NULL THEN 'void'
            WHEN EXISTS (SELECT 1 FROM manual_records v WHERE v.terminal = m.terminal AND v.book = m.book AND v.voids = m.number)
              THEN CASE s.state WHEN 'matched' THEN 'disputed' ELSE 'void' END
            ELSE coalesce(s.state, 'open')
          END AS state
        FROM manual_records m LEFT JOIN record_states s ON s.record = m.id
        """;

    public string Id { get; init; } = "";
    public string Terminal { get; init; } = "";
    public string Merchant { get; init; } = "";
    public string Place { get; init; } = "";
    public string Book { get; init; } = "";
    public long Number { get; init; }
    public long Amount { get; init; }
    public string Method { get; init; } = "";
    public long At { get; init; }
    public long ReportedAt { get; init; }
    public string? Operator { get; init; }
    public long SignedIn { get; init; }
    public string? Note { get; init; }
    public string? Reference { get; init; }
    public long? Voids { get; init; }
    public string State { get; init; } = "";
    public string? Settlement { get; init; }
    public long? Line { get; init; }
    public string? Reason { get; init; }

    public LedgerRecordView ToView() =>
        new(
            Id,
            Terminal,
            Merchant,
            Book,
            Number,
            Amount,
            Method,
            DateTimeOffset.FromUnixTimeMilliseconds(At),
            DateTimeOffset.FromUnixTimeMilliseconds(ReportedAt),
            Operator,
            SignedIn != 0,
            Note,
            Reference,
            Voids,
            State,
            Settlement,
            Line,
            Reason
        );
}
