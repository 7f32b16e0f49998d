using System.Text.Json;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Tests.Locks;

public sealed class VerdictTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static Lock A(
        Cause cause,
        string id = "A",
        Subject? subject = null,
        double minutes = 0,
        LockStatus status = LockStatus.Confirmed
    ) =>
        new()
        {
            Id = id,
            Cause = cause,
            Subject = subject ?? Subject.Terminal,
            Scope = LockTable.Of(cause).Scope,
            Owner = LockOwner.Server,
            Status = status,
            Since = Noon.AddMinutes(minutes),
            WaysOut = LockTable.Of(cause).WaysOut,
        };

    [Fact]
    public void Without_locks_everything_is_allowed() =>
        Assert.All(
            Enum.GetValues<Capability>(),
            c => Assert.Equal((true, 0), (Verdict.Of([], c).Allow, Verdict.Of([], c).Locks.Length))
        );

    [Fact]
    public void A_lock_denies_its_scope_and_nothing_else()
    {
        Lock[] locks = [A(Cause.CustomerPin)];
        Assert.All(
            Enum.GetValues<Capability>(),
            c => Assert.Equal(c != Capability.PinEntry, Verdict.Of(locks, c).Allow)
        );
    }

    [Fact]
    public void A_lock_on_one_operator_denies_the_terminal_nothing() =>
        Assert.True(
            Verdict
                .Of([A(Cause.WrongPassword, subject: Subject.OfOperator("c1"))], Capability.SignIn)
                .Allow
        );

    [Theory]
    [InlineData(LockStatus.Pending)]
    [InlineData(LockStatus.Confirmed)]
    [InlineData(LockStatus.Releasing)]
    public void A_lock_denies_from_its_order_to_the_confirmed_release(LockStatus status) =>
        Assert.False(Verdict.Of([A(Cause.Remote, status: status)], Capability.CardPayment).Allow);

    [Fact]
    public void The_gravest_is_named_first_then_the_oldest_then_by_id()
    {
        Lock[] locks =
        [
            A(Cause.NetworkUnstable, "low"),
            A(Cause.Remote, "high2", minutes: 2),
            A(Cause.Anomaly, "high1b", minutes: 1),
            A(Cause.Remote, "high1a", minutes: 1),
            A(Cause.Tamper, "critical", minutes: 9),
            A(Cause.CustomerPin, "elsewhere"),
            A(Cause.Away, "notice"),
        ];
        Assert.Equal(
            ["critical", "high1a", "high1b", "high2", "low", "notice"],
            Verdict.Of(locks, Capability.CardPayment).Locks.Select(l => l.Id)
        );
        Assert.Equal("E05", Verdict.Of(locks, Capability.CardPayment).Locks[0].Code);
    }

    [Fact]
    public void A_lock_in_JSON_has_the_words_of_the_contract()
    {
        var json = JsonSerializer.SerializeToElement(
            A(Cause.CustomerPin) with
            {
                Message = "Call us.",
            },
            CoreJson.Default.Lock
        );
        Assert.Equal(
            """{"id":"A","cause":"customer_pin","subject":{"kind":"terminal"},"scope":["pin_entry"],"owner":"server","status":"confirmed","since":"2026-03-01T12:00:00.000Z","waysOut":["wait","offline_code","provider_release"],"message":"Call us.","evidence":{}}""",
            json.GetRawText()
        );
    }

    [Fact]
    public void A_subject_is_the_terminal_or_one_operator()
    {
        Assert.True(Subject.Terminal.IsTerminal);
        Assert.False(Subject.OfOperator("c1").IsTerminal);
        Assert.Equal(
            """{"kind":"operator","operator":"c1"}""",
            JsonSerializer.Serialize(Subject.OfOperator("c1"), CoreJson.Default.Subject)
        );
    }
}
