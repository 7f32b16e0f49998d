using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Cases;

public sealed class OfflineCodeTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Code = "/offline-code";

    [Theory]
    [InlineData("password_reset", CodeEffect.PasscodeReset)]
    [InlineData("offline_code", CodeEffect.Release)]
    public async Task The_code_is_the_one_the_terminal_accepts(string wayOut, CodeEffect effect)
    {
        var shop = await Shop.Open(server);
        var (id, lockId) = await Approved(shop, wayOut);
        var challenge = shop.Terminal.Challenge(lockId, Cause.WrongPassword);

        var answer = await shop.Helpdesk.Post(Shop.PathOf(id, Code), new { challenge });

        Assert.Equal(shop.Terminal.Accepts(challenge, effect), answer.Expect(200).Text("code"));
        Assert.NotEmpty(answer.Text("expiresAt"));
    }

    [Fact]
    public async Task A_code_is_shown_once_for_a_challenge_also_to_whoever_repeats_the_request()
    {
        var shop = await Shop.Open(server);
        var (id, lockId) = await Approved(shop, "offline_code");
        var challenge = shop.Terminal.Challenge(lockId, Cause.WrongPassword);
        var body = new { challenge };

        var first = await shop.Helpdesk.Post(Shop.PathOf(id, Code), body, "once");
        var replay = await shop.Helpdesk.Post(Shop.PathOf(id, Code), body, "once");
        var again = await shop.Helpdesk.Post(Shop.PathOf(id, Code), body);

        var code = first.Expect(200).Text("code");
        Assert.DoesNotContain(code, replay.Expect(200).Body, StringComparison.Ordinal);
        again.Refuses(409, "code_already_issued");
        Assert.False(DatabaseText.Contains(server, code));
    }

    [Fact]
    public async Task A_code_ends_a_lock_of_the_server_only_once_it_was_read_out()
    {
        var shop = await Shop.Open(server);
        var terminal = $"/api/v1/terminals/{shop.Terminal.Id}";
        var ordered = new { cause = "remote", reason = "refund burst" };
        var lockId = (await shop.Risk.Post($"{terminal}/locks", ordered))
            .Expect(202)
            .Text("lockId");
        await shop.Terminal.Report(new OrderApplied(1, "lock", lockId));

        await shop.Terminal.End(lockId, WayOut.OfflineCode);
        await shop.Terminal.End(lockId, WayOut.ProviderRelease);
        Assert.Contains(lockId, await Standing(terminal), StringComparison.Ordinal);

        var opening = shop.Request(lockId, "offline_code");
        var id = (await shop.Merchant.Post("/api/v1/cases", opening)).Expect(201).Text("id");
        (await shop.Risk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Expect(200);
        var challenge = shop.Terminal.Challenge(lockId, Cause.Remote);
        (await shop.Risk.Post(Shop.PathOf(id, Code), new { challenge })).Expect(200);
        await shop.Terminal.End(lockId, WayOut.OfflineCode);

        Assert.DoesNotContain(lockId, await Standing(terminal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_decision_and_after_a_refusal_there_is_no_code()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case(wayOut: "offline_code");

        (await shop.Helpdesk.Post(Shop.PathOf(id, Code), new { })).Refuses(409, "not_approved");
        (await shop.Helpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Refuse)).Expect(200);
        (await shop.Helpdesk.Post(Shop.PathOf(id, Code), new { })).Refuses(409, "not_approved");
    }

    [Fact]
    public async Task Only_the_challenge_of_this_lock_at_this_terminal_is_answered()
    {
        var shop = await Shop.Open(server);
        var other = await Shop.Open(server);
        var (id, lockId) = await Approved(shop, "offline_code");
        var path = Shop.PathOf(id, Code);
        var otherLock = shop.Terminal.Challenge(TestTerminal.NewId(), Cause.WrongPassword);
        var otherTerminal = other.Terminal.Challenge(lockId, Cause.WrongPassword);

        (await shop.Helpdesk.Post(path, new { challenge = otherLock })).Refuses(409, "other_lock");
        (await shop.Helpdesk.Post(path, new { challenge = otherTerminal })).Refuses(
            422,
            "invalid",
            "challenge"
        );
        (await shop.Helpdesk.Post(path, new { })).Refuses(422, "invalid", "challenge");
    }

    [Fact]
    public async Task Codes_are_read_out_by_whoever_might_have_decided()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case(Cause.Anomaly, "offline_code");
        (await shop.Risk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Expect(200);

        foreach (var other in (TestPerson[])[shop.Helpdesk, shop.Merchant, shop.Agent])
        {
            (await other.Post(Shop.PathOf(id, Code), new { })).Refuses(403, "forbidden");
        }
    }

    [Fact]
    public async Task A_case_approved_for_another_way_out_yields_no_code()
    {
        var shop = await Shop.Open(server);
        var (id, lockId) = await shop.Case(Cause.HardwareFault, "repair");
        (await shop.Risk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Expect(200);
        var challenge = shop.Terminal.Challenge(lockId, Cause.HardwareFault);

        var answer = await shop.Risk.Post(Shop.PathOf(id, Code), new { challenge });

        answer.Refuses(409, "way_out_not_available");
    }

    [Fact]
    public async Task A_lock_that_two_release_needs_a_second_person_to_read_out_the_code()
    {
        var shop = await Shop.Open(server);
        var (id, lockId) = await shop.Case(Cause.LocationAnomaly, "offline_code");
        (await shop.Risk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Expect(200);
        var body = new { challenge = shop.Terminal.Challenge(lockId, Cause.LocationAnomaly) };

        (await shop.Risk.Post(Shop.PathOf(id, Code), body)).Refuses(409, "second_person_required");
        (await server.Admin.Post(Shop.PathOf(id, Code), body)).Expect(200);
    }

    [Fact]
    public async Task A_revoked_terminal_gets_no_code()
    {
        var shop = await Shop.Open(server);
        var (id, lockId) = await Approved(shop, "offline_code");
        var challenge = shop.Terminal.Challenge(lockId, Cause.WrongPassword);
        (
            await server.Admin.Post(
                $"/api/v1/terminals/{shop.Terminal.Id}/revoke",
                new { reason = "stolen" }
            )
        ).Expect(204);

        var answer = await shop.Helpdesk.Post(Shop.PathOf(id, Code), new { challenge });

        answer.Refuses(409, "not_enrolled");
    }

    [Fact]
    public async Task A_case_has_a_limited_number_of_codes()
    {
        var shop = await Shop.Open(server);
        var (id, lockId) = await Approved(shop, "offline_code");

        for (var i = 0; i < Core.Cases.CaseState.MostCodes; i++)
        {
            (await Next()).Expect(200);
        }
        (await Next()).Refuses(409, "codes_used_up");

        Task<Answer> Next() =>
            shop.Helpdesk.Post(
                Shop.PathOf(id, Code),
                new { challenge = shop.Terminal.Challenge(lockId, Cause.WrongPassword) }
            );
    }

    private async Task<string> Standing(string terminal) =>
        (await server.Admin.Get(terminal)).Expect(200).Json.GetProperty("locks").GetRawText();

    private static async Task<(string Id, string LockId)> Approved(Shop shop, string wayOut)
    {
        var opened = await shop.Case(wayOut: wayOut);
        var decided = await shop.Helpdesk.Post(Shop.PathOf(opened.Id, "/decision"), Shop.Approve);
        decided.Expect(200);
        return opened;
    }
}
