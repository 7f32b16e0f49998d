using FsCheck.Fluent;
using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Core.Tests.Identifiers;

public sealed class CardNumbersTests
{
    [Theory]
    [InlineData("4111111111111111", "411111****1111")]
    [InlineData("378282246310005", "378282****0005")]
    [InlineData("30569309025904", "305693****5904")]
    [InlineData("2223003122003222", "222300****3222")]
    [InlineData("6200000000000000000", "620000****0000")]
    [InlineData("6222 0212 3456 7890 128", "622202****0128")]
    [InlineData("8171999927660000", "817199****0000")]
    [InlineData("卡号4111-1111-1111-1111。", "卡号411111****1111。")]
    [InlineData("4111.1111.1111.1111", "411111****1111")]
    [InlineData("4111 - 1111 - 1111 - 1111", "411111****1111")]
    [InlineData("４１１１　１１１１　１１１１　１１１１", "411111****1111")]
    [InlineData("4111\u200B1111\u00A01111\u20131111", "411111****1111")]
    [InlineData("*4111111111111111*", "*411111****1111*")]
    [InlineData("PAN4111111111111111X", "PAN411111****1111X")]
    [InlineData("4111111111111111,5500005555555559", "411111****1111,550000****5559")]
    [InlineData("Tel. 13800138000, 4111111111111111", "Tel. 13800138000, 411111****1111")]
    [InlineData("13800138000 4111111111111111", "13800138000 411111****1111")]
    public void A_card_number_is_masked_however_it_is_written(string text, string expected)
    {
        Assert.Equal(expected, CardNumbers.Mask(text));
        Assert.True(CardNumbers.LooksLikePan(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("4111111111111112")] // fails Luhn
    [InlineData("41111111111")] // 11 digits
    [InlineData("41111111111111111111")] // 20 digits
    [InlineData("1111111111111117")] // no scheme begins with 1
    [InlineData("13800138000")]
    [InlineData("+86 13800138002")]
    [InlineData("11010519491231002X")]
    [InlineData("914403001922038216")]
    [InlineData("356938035643809")] // IMEI of 3GPP TS 23.003
    [InlineData("4111\n1111\n1111\n1111")]
    [InlineData("4111    1111    1111    1111")]
    public void Anything_else_is_left_alone(string text)
    {
        Assert.Same(text, CardNumbers.Mask(text));
        Assert.False(CardNumbers.LooksLikePan(text));
    }

    [Fact]
    public void A_resident_id_that_passes_Luhn_by_chance_is_no_card_number()
    {
        var passing = (
            from day in Enumerable.Range(0, 400)
            let body = $"310105{new DateOnly(1980, 1, 1).AddDays(day):yyyyMMdd}001"
            let id = body + "0123456789".FirstOrDefault(c => IsId(body + c), 'X')
            where id[17] == 'X' ? Luhn(id[..17]) : Luhn(id)
            select id
        ).ToList();

        Assert.NotEmpty(passing);
        Assert.All(passing, id => Assert.False(CardNumbers.LooksLikePan($"ID {id}.")));
        Assert.All(passing, id => Assert.False(CardNumbers.LooksLikePan($"2. {id} 3.")));
        Assert.All(
            passing,
            id => Assert.False(CardNumbers.LooksLikePan($"{id[..6]} {id[6..14]} {id[14..]}"))
        );
    }

    [Fact]
    public void A_credit_code_whose_digits_pass_Luhn_by_chance_is_no_card_number()
    {
        var passing = (
            from serial in Enumerable.Range(1_000_000, 300)
            let body = $"91440300{serial}0"
            from organisationCheck in "0123456789"
            from check in "ABCDEFGHJKLMNPQRTUWXY"
            let code = body + organisationCheck + check
            where UnifiedCreditCode.TryParse(code, out _, out _) && Luhn(code[..17])
            select code
        ).ToList();

        Assert.NotEmpty(passing);
        Assert.All(
            passing,
            code => Assert.False(CardNumbers.LooksLikePan($"code {code}, licence"))
        );
        Assert.All(passing, code => Assert.True(CardNumbers.LooksLikePan($"card {code[..17]}")));
    }

    [Fact]
    public void Of_overlapping_candidates_no_hidden_digit_of_one_is_shown_by_the_other()
    {
        Assert.True(Luhn("5555555555554444"));
        Assert.True(Luhn("5555555544440010"));
        Assert.Equal("555555****0010", CardNumbers.Mask("5555 5555 5555 4444 0010"));
    }

    [Fact]
    public void A_generated_card_number_never_survives_in_a_sentence() =>
        Arbitrary.Check(
            from length in Gen.Choose(12, 19)
            from first in Gen.Elements('4', '5', '6')
            from digits in Gen.Choose(0, 9).ListOf(length - 2)
            from separators in Gen.Elements("", " ", "-", ".", "\u3000").ListOf(length)
            select (Body: first + string.Concat(digits), Separators: separators),
            made =>
            {
                var number = made.Body + "0123456789".First(c => Luhn(made.Body + c));
                var written = string.Concat(
                    number.Zip(made.Separators, (c, separator) => separator + c)
                );
                var masked = CardNumbers.Mask($"note: {written}!");
                return masked == $"note: {made.Separators[0]}{number[..6]}****{number[^4..]}!"
                    && !CardNumbers.LooksLikePan(masked);
            }
        );

    [Fact]
    public void Masking_never_throws_and_agrees_with_detection() =>
        Arbitrary.Check(
            Gen.OneOf(
                Arbitrary.AnyText,
                Gen.Elements("0123456789 -.*X４".ToCharArray()).ListOf().Select(string.Concat)
            ),
            text => CardNumbers.LooksLikePan(text) == (CardNumbers.Mask(text) != text)
        );

    [Fact]
    public void A_megabyte_of_digits_takes_no_longer_than_its_length()
    {
        string[] texts =
        [
            new('4', 1_000_000),
            string.Concat(Enumerable.Repeat("4 ", 500_000)),
            string.Concat(Enumerable.Repeat("4A", 500_000)),
            string.Concat(Enumerable.Repeat("411111111111A", 80_000)),
        ];

        var took = System.Diagnostics.Stopwatch.StartNew();
        Assert.All(texts, text => Assert.NotNull(CardNumbers.Mask(text)));
        Assert.True(took.Elapsed < TimeSpan.FromSeconds(20));
    }

    private static bool IsId(string text) =>
        ResidentId.TryParse(text, new DateOnly(2026, 7, 1), out _, out _);

    private static bool Luhn(string digits) =>
        digits.Reverse().Select((c, i) => (c - '0') * (1 + (i % 2))).Sum(n => (n / 10) + (n % 10))
            % 10
        == 0;
}
