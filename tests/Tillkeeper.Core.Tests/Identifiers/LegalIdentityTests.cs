using System.Text.Json;
using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Core.Tests.Identifiers;

public sealed class LegalIdentityTests
{
    private static readonly DateOnly Today = new(2026, 7, 1);

    [Theory]
    [InlineData(IdentityKind.CreditCode, "91-440300-71526726xg", "9144030071526726XG")]
    [InlineData(IdentityKind.ResidentId, "11010519491231002x", "11010519491231002X")]
    [InlineData(IdentityKind.Other, " e 1234-5678 ", "E12345678")]
    [InlineData(IdentityKind.Other, "ａ１２３４５６（７）", "A123456(7)")]
    [InlineData(IdentityKind.Other, "企独粤深总字第000001号", "企独粤深总字第000001号")]
    public void A_number_is_brought_to_the_form_of_its_kind(
        IdentityKind kind,
        string text,
        string expected
    )
    {
        Assert.True(
            LegalIdentity.TryNormalise(kind, text, Today, out var number, out var problem),
            problem
        );
        Assert.Equal(expected, number);
        Assert.Equal("", problem);
    }

    [Theory]
    [InlineData(IdentityKind.CreditCode, "11010519491231002X")]
    [InlineData(IdentityKind.ResidentId, "9144030071526726XG")]
    [InlineData(IdentityKind.Other, null)]
    [InlineData(IdentityKind.Other, "-")]
    [InlineData(IdentityKind.Other, "E12")]
    [InlineData(IdentityKind.Other, "E1234<script>")]
    [InlineData(IdentityKind.Other, "12345678901234567890123456789012345678901")]
    [InlineData((IdentityKind)9, "E12345678")]
    public void What_does_not_fit_its_kind_is_refused(IdentityKind kind, string? text)
    {
        Assert.False(
            LegalIdentity.TryNormalise(kind, text, Today, out var number, out var problem)
        );
        Assert.Equal("", number);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(IdentityKind.CreditCode, "\"credit_code\"")]
    [InlineData(IdentityKind.ResidentId, "\"resident_id\"")]
    [InlineData(IdentityKind.Other, "\"other\"")]
    public void A_kind_is_written_in_snake_case(IdentityKind kind, string json)
    {
        Assert.Equal(json, JsonSerializer.Serialize(kind));
        Assert.Equal(kind, JsonSerializer.Deserialize<IdentityKind>(json));
    }

    [Fact]
    public void Normalising_never_throws_and_twice_changes_nothing_more() =>
        Arbitrary.Check(
            Arbitrary.AnyText,
            text =>
                Enum.GetValues<IdentityKind>()
                    .All(kind =>
                        !LegalIdentity.TryNormalise(kind, text, Today, out var once, out _)
                        || (
                            LegalIdentity.TryNormalise(kind, once, Today, out var twice, out _)
                            && once == twice
                        )
                    )
        );
}
