using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Cases;

public sealed class ChallengeTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_challenge_opens_a_case_for_a_lock_that_the_server_never_heard_of()
    {
        var shop = await Shop.Open(server);
        var lockId = TestTerminal.NewId();
        var challenge = shop.Terminal.Challenge(lockId, Cause.OfflineTooLong);

        var opened = await shop.Agent.Post(
            "/api/v1/cases",
            shop.Request(null, "offline_code", challenge, nameTerminal: false)
        );

        var seen = (await shop.Risk.Get(Shop.PathOf(opened.Expect(201).Text("id")))).Expect(200);
        Assert.Equal(
            (shop.Terminal.Id, lockId, "offline_too_long", "unknown"),
            (
                seen.Text("terminalId"),
                seen.Text("lockId"),
                seen.Text("cause"),
                seen.Text("lockStatus")
            )
        );
    }

    [Fact]
    public async Task The_ways_out_of_an_unknown_lock_are_those_of_its_cause()
    {
        var shop = await Shop.Open(server);
        var challenge = shop.Terminal.Challenge(TestTerminal.NewId(), Cause.OfflineTooLong);

        var answer = await shop.Agent.Post(
            "/api/v1/cases",
            shop.Request(null, "password_reset", challenge)
        );

        answer.Refuses(409, "way_out_not_available");
    }

    [Fact]
    public async Task A_lock_that_has_been_reported_is_known_by_its_challenge_too()
    {
        var shop = await Shop.Open(server);
        var (id, lockId) = await shop.Case();
        var challenge = shop.Terminal.Challenge(lockId, Cause.WrongPassword);

        var answer = await shop.Agent.Post(
            "/api/v1/cases",
            shop.Request(null, "password_reset", challenge)
        );

        answer.Refuses(409, "case_exists");
        Assert.Equal(id, answer.Text("caseId"));
    }

    [Fact]
    public async Task One_wrong_character_anywhere_is_noticed()
    {
        var shop = await Shop.Open(server);
        var challenge = shop.Terminal.Challenge(TestTerminal.NewId(), Cause.OfflineTooLong);

        for (var i = 0; i < challenge.Length; i++)
        {
            if (challenge[i] == '-')
            {
                continue;
            }
            var other = challenge[i] == '7' ? '8' : '7';
            var misread = $"{challenge[..i]}{other}{challenge[(i + 1)..]}";
            var answer = await shop.Agent.Post(
                "/api/v1/cases",
                shop.Request(null, "offline_code", misread)
            );
            answer.Refuses(422, "invalid", "challenge");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("not a challenge at all, but long enough")]
    public async Task What_is_no_challenge_is_told_apart(string typed)
    {
        var shop = await Shop.Open(server);

        var named = await shop.Agent.Post(
            "/api/v1/cases",
            shop.Request(null, "offline_code", typed)
        );
        var alone = await shop.Agent.Post(
            "/api/v1/cases",
            shop.Request(null, "offline_code", typed, nameTerminal: false)
        );

        named.Refuses(422, "invalid", "challenge");
        alone.Refuses(422, "invalid", "challenge");
    }

    [Fact]
    public async Task Another_terminals_challenge_does_not_fit_and_a_foreign_one_does_not_exist()
    {
        var shop = await Shop.Open(server);
        var other = await Shop.Open(server);
        var challenge = other.Terminal.Challenge(TestTerminal.NewId(), Cause.OfflineTooLong);

        var named = await shop.Agent.Post(
            "/api/v1/cases",
            shop.Request(null, "offline_code", challenge)
        );
        var alone = await shop.Agent.Post(
            "/api/v1/cases",
            shop.Request(null, "offline_code", challenge, nameTerminal: false)
        );

        named.Refuses(422, "invalid", "challenge");
        alone.Refuses(404, "not_found");
    }

    [Fact]
    public async Task Lock_or_challenge_one_of_them()
    {
        var shop = await Shop.Open(server);
        var lockId = await shop.Terminal.Lock(Cause.WrongPassword);
        var challenge = shop.Terminal.Challenge(lockId, Cause.WrongPassword);

        var both = await shop.Agent.Post("/api/v1/cases", shop.Request(lockId, "wait", challenge));
        var neither = await shop.Agent.Post("/api/v1/cases", shop.Request(null, "wait"));

        both.Refuses(422, "invalid", "challenge");
        neither.Refuses(422, "invalid", "lockId");
    }
}
