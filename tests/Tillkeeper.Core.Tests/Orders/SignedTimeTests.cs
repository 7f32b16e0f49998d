using System.Text;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Core.Tests.Orders;

public sealed class SignedTimeTests
{
    private const string Terminal = "7Q2M4K9X1B";
    private const string Nonce = "n-1";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, 123, TimeSpan.Zero);
    private static readonly byte[] Payload = new SignedTime(Terminal, Nonce, Now).ToPayload();

    private static DateTimeOffset? Open(
        string? text,
        string terminal = Terminal,
        string nonce = Nonce
    ) => SignedTime.Open(text, TestKeys.Set, terminal, nonce);

    [Fact]
    public void The_time_is_believed_for_its_terminal_and_its_nonce()
    {
        var text = TestKeys.Sign(SignedTime.Typ, Payload);
        Assert.Equal(Now, Open(text));
        Assert.Null(Open(text, nonce: "n-2"));
        Assert.Null(Open(text, terminal: "0000000000"));
    }

    [Fact]
    public void A_time_that_is_not_signed_as_one_is_not_believed()
    {
        Assert.Null(Open(null));
        Assert.Null(Open("x"));
        Assert.Null(Open(TestKeys.Sign(OrderEnvelope.Typ, Payload)));
        Assert.Null(Open(TestKeys.Sign(SignedTime.Typ, Payload, TestKeys.Stranger)));
        Assert.Null(Open(TestKeys.Sign(SignedTime.Typ, Payload, kid: "test-2")));
        Assert.Null(Open(TestKeys.Sign(SignedTime.Typ, "{}"u8.ToArray())));
        Assert.Null(Open(TestKeys.Sign(SignedTime.Typ, "null"u8.ToArray())));
        Assert.Null(
            Open(
                TestKeys.Sign(
                    SignedTime.Typ,
                    Encoding.UTF8.GetBytes(
                        $$"""{"terminal":"{{Terminal}}","nonce":"{{Nonce}}","now":"2026-03-01T08:00:00"}"""
                    )
                )
            )
        );
    }
}
