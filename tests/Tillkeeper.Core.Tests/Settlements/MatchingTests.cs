using FsCheck;
using FsCheck.Fluent;
using Tillkeeper.Core.Settlements;

namespace Tillkeeper.Core.Tests.Settlements;

/// <summary>Which line of a settlement file accounts for which manual record.</summary>
public sealed class MatchingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    [Fact]
    public void A_reference_decides_even_where_another_lies_nearer_in_time() =>
        Assert.Equal(
            [new Match(1, "far")],
            Matching.Of(
                [Line(1, 0, 100, "4200001234567890")],
                [Record("near", 0, 100), Record("far", 600, 100, "567890")],
                Window
            )
        );

    [Fact]
    public void Another_reference_is_another_payment() =>
        Assert.Empty(
            Matching.Of([Line(1, 0, 100, "42000011")], [Record("r", 0, 100, "42000012")], Window)
        );

    [Fact]
    public void Without_references_the_nearest_in_time_within_the_window_is_taken() =>
        Assert.Equal(
            [new Match(1, "b"), new Match(2, "a")],
            Matching
                .Of(
                    [Line(1, 0, 100), Line(2, 12, 100), Line(3, 100, 100)],
                    [Record("a", 10, 100), Record("b", 1, 100), Record("c", 0, 200)],
                    Window
                )
                .OrderBy(m => m.Line)
        );

    [Fact]
    public void The_same_payment_told_twice_is_found()
    {
        var found = Matching.Duplicates(
            [
                Line(1, 0, 100, "A-1"),
                Line(2, 5, 100, "A-1"),
                Line(3, 0, 100, "known"),
                Line(4, 0, 100),
                Line(5, 0, 100),
                Line(6, 1, 100),
            ],
            reference => reference == "known"
        );
        Assert.Equal([2, 3, 5], found.Order());
    }

    [Fact]
    public void Nothing_is_used_twice_and_amounts_agree() =>
        Prop.ForAll(
                Gen.Choose(0, 40).Two().ListOf().ToArbitrary(),
                Gen.Choose(0, 40).Two().ListOf().ToArbitrary(),
                (lineSeeds, recordSeeds) =>
                {
                    var lines = lineSeeds
                        .Select((s, i) => Line(i, s.Item1, 100 + (s.Item2 % 3)))
                        .ToList();
                    var records = recordSeeds
                        .Select((s, i) => Record($"r{i}", s.Item1, 100 + (s.Item2 % 3)))
                        .ToDictionary(r => r.Id);
                    var matches = Matching.Of(lines, records.Values, Window);
                    return matches.Select(m => m.Line).Distinct().Count() == matches.Count
                        && matches.Select(m => m.Record).Distinct().Count() == matches.Count
                        && matches.All(m =>
                            lines[m.Line].AmountMinor == records[m.Record].AmountMinor
                        );
                }
            )
            .QuickCheckThrowOnFailure();

    private static SettlementLine Line(
        int line,
        double minutes,
        long amount,
        string reference = ""
    ) => new(line, Noon.AddMinutes(minutes), amount, reference);

    private static OpenRecord Record(
        string id,
        double minutes,
        long amount,
        string reference = ""
    ) => new(id, Noon.AddMinutes(minutes), amount, reference);
}
