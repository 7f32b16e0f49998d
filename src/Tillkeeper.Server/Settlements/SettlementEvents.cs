using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Settlements;
using Tillkeeper.Server.Ledger;

namespace Tillkeeper.Server.Settlements;

/// <summary>Something that happened to the books of a merchant.</summary>
internal interface IBooksEvent;

/// <summary>A settlement file was read; its lines follow. The file itself is not kept, only what is named here.</summary>
internal sealed record SettlementImported(
    string Settlement,
    string Place,
    string Acquirer,
    string Name,
    string Sha256,
    int Lines,
    DateTimeOffset Since,
    DateTimeOffset Until,
    string Person
) : IBooksEvent;

/// <param name="Duplicates">The lines that tell of a payment that another line tells of already.</param>
internal sealed record SettlementLinesRead(
    string Settlement,
    string Acquirer,
    IReadOnlyList<SettlementLine> Lines,
    IReadOnlyList<int> Duplicates
) : IBooksEvent;

/// <summary>Lines of a file account for manual records.</summary>
internal sealed record RecordsMatched(string Settlement, IReadOnlyList<Match> Matches)
    : IBooksEvent;

/// <summary>Somebody judged a record.</summary>
internal sealed record RecordJudged(string Record, RecordState State, string Reason, string Person)
    : IBooksEvent;

/// <summary>The fold: only counts, for all that is looked at stands in the views.</summary>
internal sealed record BooksState(int Settlements = 0, long Matched = 0, long Judged = 0)
{
    public static BooksState Apply(BooksState state, IBooksEvent happened) =>
        happened switch
        {
            SettlementImported => state with { Settlements = state.Settlements + 1 },
            SettlementLinesRead => state,
            RecordsMatched e => state with { Matched = state.Matched + e.Matches.Count },
            RecordJudged => state with { Judged = state.Judged + 1 },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJson), typeof(IsoDurationJson)]
)]
[JsonSerializable(typeof(BooksState))]
[JsonSerializable(typeof(SettlementImported))]
[JsonSerializable(typeof(SettlementLinesRead))]
[JsonSerializable(typeof(RecordsMatched))]
[JsonSerializable(typeof(RecordJudged))]
[JsonSerializable(typeof(MappingSet))]
[JsonSerializable(typeof(SettlementMapping))]
internal sealed partial class SettlementJson : JsonSerializerContext;
