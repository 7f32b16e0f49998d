using Tillkeeper.Server.Banks;

namespace Tillkeeper.Server.Tests.Banks;

public sealed class BankRequestStateTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly OwnerAsked Asked = new(
        "R",
        "T",
        "B",
        "ref",
        OwnerAction.Release,
        ["L"],
        "n",
        ["d"],
        At,
        At + BankRequestState.Validity
    );

    private static readonly OwnerAnswer Honest = new(
        "R",
        "n",
        "ref",
        "T",
        OwnerAction.Release,
        ["L"],
        "d",
        true
    );

    private static readonly BankRequestState State = BankRequestState.Apply(new(), Asked);

    [Fact]
    public void An_answer_counts_until_five_minutes_have_passed_and_not_a_moment_longer()
    {
        var last = Asked.ExpiresAt.AddMilliseconds(-1);
        Assert.True(State.Answer("B", Honest, last).Accepted);
        Assert.Equal("request_expired", State.Answer("B", Honest, Asked.ExpiresAt).Refusal?.Code);
    }

    [Fact]
    public void A_bank_that_was_thought_not_to_be_reached_may_still_answer()
    {
        var lost = BankRequestState.Apply(State, new BankNotReached("no answer"));
        Assert.True(lost.Answer("B", Honest, At).Accepted);
        Assert.Equal("not_found", lost.Answer("C", Honest, At).Refusal?.Code);
        Assert.Equal("not_found", new BankRequestState().Answer("B", Honest, At).Refusal?.Code);
    }
}
