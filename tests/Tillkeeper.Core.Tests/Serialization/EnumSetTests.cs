using System.Text.Json;
using FsCheck.Fluent;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Tests.Identifiers;

namespace Tillkeeper.Core.Tests.Serialization;

public sealed class EnumSetTests
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Converters = { new EnumSetJson<Capability>() },
    };

    private static EnumSet<Capability> Read(string json) =>
        JsonSerializer.Deserialize<EnumSet<Capability>>(json, Options);

    [Fact]
    public void It_behaves_like_a_set_of_the_enum() =>
        Arbitrary.Check(
            Gen.Elements(Enum.GetValues<Capability>()).ListOf().Two(),
            pair =>
            {
                var (one, other) = (pair.Item1.ToArray(), pair.Item2.ToArray());
                var set = EnumSet.Of<Capability>(one);
                return set.SequenceEqual(one.Distinct().Order())
                    && set.And(EnumSet.Of<Capability>(other))
                        .SequenceEqual(one.Intersect(other).Order())
                    && other.All(c => set.With(c).Contains(c) && !set.Without(c).Contains(c))
                    && set.IsEmpty == (one.Length == 0)
                    && Read(JsonSerializer.Serialize(set, Options)) == set;
            }
        );

    [Fact]
    public void It_is_written_in_the_order_of_the_enum()
    {
        EnumSet<Capability> set = [Capability.Refund, Capability.SignIn];
        Assert.Equal("""["sign_in","refund"]""", JsonSerializer.Serialize(set, Options));
        Assert.Equal("sign_in,refund", set.ToString());
        Assert.Equal("[]", JsonSerializer.Serialize(default(EnumSet<Capability>), Options));
        Assert.Equal(Enum.GetValues<Capability>(), EnumSet<Capability>.All);
    }

    [Fact]
    public void Reading_takes_any_order_and_repeats() =>
        Assert.Equal(
            [Capability.SignIn, Capability.Refund],
            Read("""["refund","sign_in","refund"]""")
        );

    [Theory]
    [InlineData("\"refund\"")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("3")]
    [InlineData("""["dance"]""")]
    [InlineData("""["Refund"]""")]
    [InlineData("""["refund,sign_in"]""")]
    [InlineData("[1]")]
    [InlineData("[null]")]
    [InlineData("""[["refund"]]""")]
    [InlineData("""["refund" """)]
    public void Anything_else_is_an_error_and_no_set(string json) =>
        Assert.Throws<JsonException>(() => Read(json));

    [Fact]
    public void The_error_names_the_word_and_offers_the_right_ones()
    {
        var error = Assert.Throws<JsonException>(() => Read("""["dance"]"""));
        Assert.Contains(
            "'dance' is not one of: sign_in, pin_entry",
            error.Message,
            StringComparison.Ordinal
        );
    }
}
