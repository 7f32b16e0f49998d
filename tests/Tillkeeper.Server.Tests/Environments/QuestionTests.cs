namespace Tillkeeper.Server.Tests.Environments;

/// <summary>W9: first a question to the merchant, where the policy says so; a lock only when the answer is no, or none comes.</summary>
public sealed class QuestionTests
{
    private const string Asks = "environment: {then: ask, answerWithin: PT2H}\n";

    [Fact]
    public async Task The_merchant_is_asked_in_their_language_and_nothing_locks()
    {
        await using var stand = await Stand.Settled(Asks);

        await stand.Stay(Stand.Phone);

        var question = Assert.Single(await stand.Questions());
        Assert.Equal("environment", question.GetProperty("rule").GetString());
        Assert.Equal("open", question.GetProperty("status").GetString());
        Assert.Contains(
            "shares its connection",
            question.GetProperty("saw").GetString(),
            StringComparison.Ordinal
        );
        Assert.Empty(await stand.Locks());
    }

    [Fact]
    public async Task Ours_by_the_merchant_quiets_this_environment_and_only_the_provider_makes_it_familiar()
    {
        await using var stand = await Stand.Settled(Asks);
        var keeper = await stand.Server.Person("merchant", stand.Merchant);
        await stand.Stay(Stand.Phone);

        (await stand.Reply(keeper, "ours")).Expect(200);
        stand.Time.Now += TimeSpan.FromHours(3);
        await stand.RunTimers();
        await stand.Stay(Stand.Phone);

        Assert.Empty(await stand.Locks());
        Assert.Equal(
            "ours",
            Assert.Single(await stand.Questions()).GetProperty("status").GetString()
        );
        Assert.Empty(await stand.Events("terminal.rule_cleared.v1"));
        (await stand.Reply(keeper, "ours")).Refuses(409, "already_answered");

        var helpdesk = await stand.Server.Person("helpdesk");
        (await stand.Reply(helpdesk, "ours")).Expect(200);
        await stand.Stay(Stand.Phone);
        Assert.Single(await stand.Events("terminal.rule_cleared.v1"));
        Assert.Empty(await stand.Questions());

        // From now on it is one of theirs.
        await stand.Stay(Stand.Shop);
        await stand.Stay(Stand.Phone);
        Assert.Single(await stand.Events("terminal.rule_found.v1"));
    }

    [Fact]
    public async Task An_answer_is_about_one_environment_another_one_is_asked_about_anew()
    {
        await using var stand = await Stand.Settled(Asks);
        var keeper = await stand.Server.Person("merchant", stand.Merchant);
        await stand.Stay(Stand.Phone);
        (await stand.Reply(keeper, "ours")).Expect(200);

        await stand.Stay(Stand.Router("192.168.43.1", "9a:00:00:00:00:08", "Somebody"));

        Assert.Equal(
            "open",
            Assert.Single(await stand.Questions()).GetProperty("status").GetString()
        );
    }

    [Fact]
    public async Task Not_ours_locks_at_once()
    {
        await using var stand = await Stand.Settled(Asks);
        var keeper = await stand.Server.Person("merchant", stand.Merchant);
        await stand.Stay(Stand.Phone);

        (await stand.Reply(keeper, "not_ours")).Expect(200);

        Assert.Equal(
            "network_anomaly",
            Assert.Single(await stand.Locks()).GetProperty("cause").GetString()
        );
        (await stand.Reply(keeper, "ours")).Refuses(409, "already_locked");
    }

    [Fact]
    public async Task No_answer_in_time_locks_and_a_policy_that_no_longer_asks_does_not()
    {
        await using var stand = await Stand.Settled(Asks);
        await stand.Stay(Stand.Phone);
        stand.Time.Now += TimeSpan.FromMinutes(119);
        await stand.RunTimers();
        Assert.Empty(await stand.Locks());

        stand.Time.Now += TimeSpan.FromMinutes(2);
        await stand.RunTimers();

        Assert.Single(await stand.Locks());
        Assert.Equal(
            "unanswered",
            Assert.Single(await stand.Questions()).GetProperty("status").GetString()
        );

        await using var milder = await Stand.Settled(Asks);
        await milder.Stay(Stand.Phone);
        await milder.Police("environment: {then: warn}\n");
        milder.Time.Now += TimeSpan.FromHours(3);
        await milder.RunTimers();
        Assert.Empty(await milder.Locks());
    }

    [Fact]
    public async Task Back_at_the_shop_the_question_is_closed_and_never_locks()
    {
        await using var stand = await Stand.Settled(Asks);
        await stand.Stay(Stand.Phone);

        await stand.Stay(Stand.Shop);
        stand.Time.Now += TimeSpan.FromHours(3);
        await stand.RunTimers();

        Assert.Empty(await stand.Questions());
        Assert.Empty(await stand.Locks());
    }

    [Fact]
    public async Task What_is_not_asked_cannot_be_answered_by_a_shop()
    {
        await using var stand = await Stand.Settled(Asks);
        var keeper = await stand.Server.Person("merchant", stand.Merchant);

        (await stand.Reply(keeper, "ours")).Refuses(409, "no_question");
        (await stand.Reply(keeper, "ours", "velocity")).Refuses(404, "not_found");
        await stand.Stay(Stand.Phone);
        (await stand.Reply(keeper, "perhaps")).Refuses(422, "invalid", "answer");
    }
}
