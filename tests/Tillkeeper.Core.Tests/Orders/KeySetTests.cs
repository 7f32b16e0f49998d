using System.Buffers.Text;
using System.Text;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Core.Tests.Orders;

public sealed class KeySetTests
{
    private static string Sign(KeySet set) =>
        TestKeys.Sign(KeySet.Typ, set.ToPayload(), TestKeys.Ca, KeySet.CaKid);

    private static KeySet? Open(string payload) =>
        KeySet.Open(
            TestKeys.Sign(KeySet.Typ, Encoding.UTF8.GetBytes(payload), TestKeys.Ca, KeySet.CaKid),
            TestKeys.Ca
        );

    private static OrderKey Key(string kid) => TestKeys.PublicOrders with { Kid = kid };

    [Fact]
    public void A_set_that_the_CA_signed_opens()
    {
        var opened = KeySet.Open(Sign(TestKeys.Set), TestKeys.Ca);
        Assert.Equal(1, opened?.Version);
        Assert.Equal([TestKeys.PublicOrders], opened?.Keys ?? []);
        Assert.Contains(
            "\"kty\":\"EC\",\"crv\":\"P-256\"",
            Encoding.UTF8.GetString(TestKeys.Set.ToPayload()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_set_of_anybody_else_does_not()
    {
        var payload = TestKeys.Set.ToPayload();
        Assert.Null(KeySet.Open(null, TestKeys.Ca));
        Assert.Null(KeySet.Open("x", TestKeys.Ca));
        Assert.Null(
            KeySet.Open(
                TestKeys.Sign(KeySet.Typ, payload, TestKeys.Orders, KeySet.CaKid),
                TestKeys.Ca
            )
        );
        Assert.Null(
            KeySet.Open(TestKeys.Sign(KeySet.Typ, payload, TestKeys.Ca, "test-1"), TestKeys.Ca)
        );
        Assert.Null(
            KeySet.Open(
                TestKeys.Sign(OrderEnvelope.Typ, payload, TestKeys.Ca, KeySet.CaKid),
                TestKeys.Ca
            )
        );
    }

    [Fact]
    public void An_empty_an_ambiguous_and_an_endless_set_are_refused()
    {
        Assert.Null(KeySet.Open(Sign(new KeySet(1, [])), TestKeys.Ca));
        Assert.Null(KeySet.Open(Sign(new KeySet(1, [Key("a"), Key("a")])), TestKeys.Ca));
        Assert.NotNull(KeySet.Open(Sign(new KeySet(1, [.. Keys(8)])), TestKeys.Ca));
        Assert.Null(KeySet.Open(Sign(new KeySet(1, [.. Keys(9)])), TestKeys.Ca));

        static IEnumerable<OrderKey> Keys(int count) =>
            Enumerable.Range(0, count).Select(i => Key($"k{i}"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":1,"keys":null}""")]
    [InlineData("""{"version":1,"keys":[null]}""")]
    [InlineData("""{"version":1,"keys":[{"kid":"a","x":null,"y":"AA"}]}""")]
    [InlineData("""{"version":"1","keys":[{"kid":"a","x":"AA","y":"AA"}]}""")]
    [InlineData("nonsense")]
    public void A_set_that_cannot_be_read_is_refused(string payload) => Assert.Null(Open(payload));

    [Fact]
    public void A_key_is_found_by_its_name_and_only_if_it_is_a_point_of_the_curve()
    {
        using var found = TestKeys.Set.Find("test-1");
        Assert.NotNull(found);
        Assert.Null(TestKeys.Set.Find("test-2"));
        Assert.Null(TestKeys.Set.Find("TEST-1"));
        var good = TestKeys.PublicOrders;
        Assert.Null((good with { X = good.Y }).ToEcdsa());
        Assert.Null((good with { X = "?" }).ToEcdsa());
        Assert.Null((good with { Y = "?" }).ToEcdsa());
        Assert.Null((good with { X = "" }).ToEcdsa());
        Assert.Null((good with { X = Padded(good.X), Y = Padded(good.Y) }).ToEcdsa());
        Assert.Null((good with { X = Zeros(32), Y = Zeros(32) }).ToEcdsa());

        static string Padded(string value) =>
            Base64Url.EncodeToString([0, .. Base64Url.DecodeFromChars(value)]);
        static string Zeros(int count) => Base64Url.EncodeToString(new byte[count]);
    }
}
