using System.Text;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Tests.Device;

namespace Tillkeeper.Core.Tests.Orders;

public sealed class OrderEnvelopeTests
{
    private static readonly Till Till = new();

    private static string Sign(Order order) =>
        TestKeys.Sign(OrderEnvelope.Typ, OrderEnvelope.ToPayload(order));

    private static string? Code(string? text) =>
        OrderEnvelope.Open(text, TestKeys.Set).Refusal?.Code;

    [Fact]
    public void An_order_of_every_kind_comes_out_as_it_went_in()
    {
        Order[] orders =
        [
            Till.LockOrder("S000000001") with
            {
                ExpiresAt = Till.Real,
            },
            Till.ReleaseOrder("S000000001") with
            {
                CaseId = "case1",
            },
            Till.ResetOrder("S000000001"),
            Till.Next(OrderKind.Policy) with
            {
                Policy = new Policy { Version = 7 },
            },
            Till.Next(OrderKind.KeySet) with
            {
                KeySet = "a.b.c",
            },
            Till.Next("dance"),
        ];
        Assert.All(orders, o => Assert.Equal(o, OrderEnvelope.Open(Sign(o), TestKeys.Set).Order));
    }

    [Fact]
    public void What_is_not_signed_by_a_known_key_is_refused_with_its_reason()
    {
        var payload = OrderEnvelope.ToPayload(Till.LockOrder("S000000001"));
        Assert.Equal("malformed_order", Code(null));
        Assert.Equal("malformed_order", Code("x"));
        Assert.Equal("malformed_order", Code(TestKeys.Sign(SignedTime.Typ, payload)));
        Assert.Equal("unknown_key", Code(TestKeys.Sign(OrderEnvelope.Typ, payload, kid: "test-2")));
        Assert.Equal(
            "bad_signature",
            Code(TestKeys.Sign(OrderEnvelope.Typ, payload, TestKeys.Stranger))
        );
        var text = Sign(Till.LockOrder("S000000001")).Split('.');
        var other = Sign(Till.ReleaseOrder("S000000001")).Split('.');
        Assert.Equal("bad_signature", Code($"{text[0]}.{other[1]}.{text[2]}"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData(
        """{"terminal":null,"epoch":1,"number":1,"kind":"lock","issuedAt":"2026-03-01T08:00:00Z"}"""
    )]
    [InlineData("""{"terminal":"t","epoch":1,"number":1,"kind":"lock"}""")]
    [InlineData(
        """{"terminal":"t","epoch":1,"number":1.5,"kind":"lock","issuedAt":"2026-03-01T08:00:00Z"}"""
    )]
    public void What_is_signed_and_not_an_order_is_refused(string payload) =>
        Assert.Equal(
            "malformed_order",
            Code(TestKeys.Sign(OrderEnvelope.Typ, Encoding.UTF8.GetBytes(payload)))
        );

    [Theory]
    [InlineData("""{"cause":"moonlight","scope":[],"waysOut":[],"since":"2026-03-01T08:00:00Z"}""")]
    [InlineData(
        """{"cause":"remote","scope":["dance"],"waysOut":[],"since":"2026-03-01T08:00:00Z"}"""
    )]
    public void An_order_with_words_of_a_newer_version_has_its_turn_without_effect(string content)
    {
        var payload =
            $$"""{"terminal":"{{Till.Id}}","epoch":3,"number":1,"kind":"lock","issuedAt":"2026-03-01T08:00:00Z","lockId":"S000000001","lock":{{content}}}""";
        var (order, refusal) = OrderEnvelope.Open(
            TestKeys.Sign(OrderEnvelope.Typ, Encoding.UTF8.GetBytes(payload)),
            TestKeys.Set
        );
        Assert.Null(refusal);
        var till = Tests.Device.Till.Staffed();
        var refused = Assert.IsType<Core.Device.OrderRefused>(till.Apply(order!));
        Assert.Equal(("incomplete_order", "S000000001"), (refused.Code, refused.LockId));
        Assert.Equal(1, till.State.LastOrder);
    }

    [Fact]
    public void Only_what_is_past_its_time_has_expired()
    {
        var order = Till.ReleaseOrder("S000000001", WayOut.ProviderRelease);
        Assert.False(order.IsExpired(Till.Real));
        var dated = order with { ExpiresAt = Till.Real };
        Assert.False(dated.IsExpired(Till.Real));
        Assert.False(dated.IsExpired(null));
        Assert.True(dated.IsExpired(Till.Real.AddTicks(1)));
    }
}
