using Tillkeeper.Core.Repairs;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.Core.Tests.Repairs;

/// <summary>W5: free of charge or not, from the day of purchase, the months and the seal.</summary>
public sealed class WarrantyTests
{
    [Theory]
    // bought, months, seal (? = nobody looked), today: ground, free
    [InlineData("2025-11-22", 12, "yes", "2026-11-22", WarrantyGround.Covered, true)]
    [InlineData("2025-11-22", 12, "yes", "2026-11-23", WarrantyGround.Expired, false)]
    [InlineData("2025-11-22", 24, "yes", "2027-11-22", WarrantyGround.Covered, true)]
    [InlineData("2025-11-22", 24, "no", "2025-12-01", WarrantyGround.SealBroken, false)]
    [InlineData("2025-11-22", 24, "?", "2025-12-01", WarrantyGround.SealNotSeen, null)]
    [InlineData("2025-11-22", 24, "?", "2028-12-01", WarrantyGround.Expired, false)]
    [InlineData("2024-02-29", 12, "yes", "2025-02-28", WarrantyGround.Covered, true)]
    [InlineData("2024-02-29", 12, "yes", "2025-03-01", WarrantyGround.Expired, false)]
    [InlineData("2026-11-22", 0, "yes", "2026-11-22", WarrantyGround.Expired, false)]
    [InlineData("9999-12-01", 120, "yes", "2026-11-22", WarrantyGround.Covered, true)]
    public void A_warranty_is_judged_by_its_days_and_its_seal(
        string bought,
        int months,
        string seal,
        string today,
        WarrantyGround ground,
        bool? free
    )
    {
        bool? intact = seal == "?" ? null : seal == "yes";
        var verdict = WarrantyRules.Judge(new Warranty(Day(bought), months), intact, Day(today));
        Assert.Equal((ground, free), (verdict.Ground, verdict.Free));
    }

    [Fact]
    public void Without_a_record_the_receipt_decides_and_a_broken_seal_needs_no_record()
    {
        var today = Day("2026-11-22");
        Assert.Equal(
            new WarrantyVerdict(WarrantyGround.NotOnRecord),
            WarrantyRules.Judge(null, true, today)
        );
        Assert.Equal(false, WarrantyRules.Judge(null, false, today).Free);
    }

    private static DateOnly Day(string text) =>
        DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
