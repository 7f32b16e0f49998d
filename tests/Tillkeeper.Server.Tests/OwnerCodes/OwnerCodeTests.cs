using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Banks;
using Tillkeeper.Server.Tests.Cases;
using Tillkeeper.Server.Tests.Impostors;
using Tillkeeper.Server.Tests.Policies;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.OwnerCodes;

/// <summary>The owner without a passkey: a code to the phone on file, by a gateway that listens for real.</summary>
public sealed class OwnerCodeTests : IAsyncLifetime
{
    private TestGateway gateway = null!;
    private RunningServer server = null!;
    private OwnedShop shop = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.Open();
        server = await RunningServer.StartAsync(options: o =>
            o with
            {
                WebhookPrivateNetworks = true,
            }
        );
        shop = await OwnedShop.Open(server);
    }

    public async ValueTask DisposeAsync()
    {
        await shop.DisposeAsync();
        await server.DisposeAsync();
        await gateway.DisposeAsync();
    }

    private Task<Answer> Ask(string lockId) =>
        shop.Owner.Post($"{shop.Path}/locks/{lockId}/owner-code", new { });

    private async Task<string> CodeFor(string lockId)
    {
        (await Ask(lockId)).Expect(202);
        return gateway.LastCode;
    }

    private Task<Answer> Try(string lockId, string code) =>
        shop.Owner.Post($"{shop.Path}/locks/{lockId}/owner-code-release", new { code });

    private static string Other(string code) => code[..^1] + (code[^1] == '0' ? '1' : '0');

    [Fact]
    public async Task Without_a_channel_no_code_is_made_and_none_is_counted()
    {
        var paused = await shop.Locked();
        for (var i = 0; i < 4; i++)
        {
            (await Ask(paused)).Refuses(409, "no_channel");
        }
        await gateway.Serve(server);
        (await Try(paused, await CodeFor(paused))).Expect(202);
    }

    [Fact]
    public async Task A_code_goes_to_the_phone_on_file_and_ends_one_lock_once()
    {
        await gateway.Serve(server);
        var (paused, other) = (await shop.Locked(), await shop.Locked());
        var code = await CodeFor(paused);
        Assert.Equal("01066551234", gateway.Codes[^1].To);
        (await Try(other, code)).Refuses(410, "code_over");
        (await Try(paused, Other(code))).Refuses(401, "wrong_code");
        (await Try(paused, code)).Expect(202);

        Assert.Equal("releasing", await shop.StatusOf(paused));
        Assert.Equal("confirmed", await shop.StatusOf(other));
        (await Try(paused, code)).Refuses(409, "already_releasing");
        Assert.False(DatabaseText.Contains(server, code));
    }

    [Fact]
    public async Task Five_guesses_a_code_and_three_codes_a_lock_are_all_there_is()
    {
        await gateway.Serve(server);
        var paused = await shop.Locked();
        for (var i = 0; i < 3; i++)
        {
            var code = await CodeFor(paused);
            var guesses = await Task.WhenAll(
                Enumerable.Range(0, 40).Select(_ => Try(paused, Other(code)))
            );
            Assert.Equal(5, guesses.Count(a => a.Code == "wrong_code"));
            (await Try(paused, code)).Refuses(410, "code_over");
        }
        (await Ask(paused)).Refuses(409, "too_many_codes");
        Assert.Equal("confirmed", await shop.StatusOf(paused));
    }

    [Fact]
    public async Task A_number_that_changed_lately_is_sent_nothing_and_what_the_old_one_got_is_worth_nothing()
    {
        await gateway.Serve(server);
        var paused = await shop.Locked();
        var code = await CodeFor(paused);
        var file = new
        {
            contact = new { name = "Zhao", phone = "13900000001" },
            reason = "new phone",
        };
        (await server.Admin.PutJson($"/api/v1/merchants/{shop.Merchant}/file", file)).Expect(204);

        (await Try(paused, code)).Refuses(409, "contact_changed");
        var refused = await Ask(paused);
        refused.Refuses(409, "contact_changed");
        Assert.Contains("open a case", refused.Text("detail"), StringComparison.Ordinal);
        Assert.Single(gateway.Codes);
        Assert.Equal("confirmed", await shop.StatusOf(paused));

        // A provider that switches the days off trusts the new number at once.
        await server.Admin.Set($"merchant:{shop.Merchant}", "identity: {recentContactDays: 0}");
        (await Try(paused, await CodeFor(paused))).Expect(202);
        Assert.Equal("13900000001", gateway.Codes[^1].To);
    }

    [Fact]
    public async Task No_code_is_sent_for_what_the_policy_keeps_or_to_who_is_not_the_owner()
    {
        await gateway.Serve(server);
        var moved = await shop.Locked(Cause.LocationAnomaly);
        (await Ask(moved)).Refuses(409, "way_out_not_available");
        var paused = await shop.Locked();
        var helpdesk = await server.Person("helpdesk");
        (await helpdesk.Post($"{shop.Path}/locks/{paused}/owner-code", new { })).Refuses(
            403,
            "forbidden"
        );
        Assert.Empty(gateway.Codes);
    }
}
