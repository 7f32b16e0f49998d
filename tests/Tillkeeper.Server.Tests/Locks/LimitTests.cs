using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Locks;

/// <summary>B10: what one person may lock alone within an hour, and who has to agree beyond it.</summary>
public sealed class LimitTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int Limit = 20;

    private static object Remote(string reason = "because") => new { cause = "remote", reason };

    private static object Many(string merchant, bool secondPerson = false) =>
        new
        {
            selector = new { merchantId = merchant },
            cause = "remote",
            reason = "because",
            secondPerson,
        };

    /// <summary>A merchant whose terminals have never enrolled: enough to be locked.</summary>
    private async Task<(string Merchant, string[] Terminals)> ShopAsync(int terminals)
    {
        var merchant = await Shop.NewMerchant(server, null);
        List<string> made = [];
        for (var i = 0; i < terminals; i++)
        {
            using var terminal = await DoorTerminal.Register(server, merchant);
            made.Add(terminal.Id);
        }
        return (merchant, [.. made]);
    }

    private async Task<int> LocksOf(string terminal) =>
        (await server.Admin.Get($"/api/v1/terminals/{terminal}"))
            .Expect(200)
            .Json.GetProperty("locks")
            .GetArrayLength();

    [Fact]
    public async Task Fifty_requests_at_once_of_one_person_pass_the_limit_by_none()
    {
        var (_, terminals) = await ShopAsync(1);
        var risk = await server.Person("risk");

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(_ => risk.Post($"/api/v1/terminals/{terminals[0]}/locks", Remote()))
        );

        Assert.Equal(Limit, answers.Count(a => a.Status == 202));
        Assert.All(
            answers.Where(a => a.Status != 202),
            a => a.Refuses(409, "second_person_required")
        );
        Assert.Equal(Limit, await LocksOf(terminals[0]));
    }

    [Fact]
    public async Task Fifty_selectors_and_single_locks_at_once_share_one_limit()
    {
        var (merchant, terminals) = await ShopAsync(4);
        var risk = await server.Person("risk");

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(i =>
                    i % 2 == 0
                        ? risk.Post("/api/v1/locks", Many(merchant))
                        : risk.Post($"/api/v1/terminals/{terminals[0]}/locks", Remote())
                )
        );

        var locked = 0;
        foreach (var terminal in terminals)
        {
            locked += await LocksOf(terminal);
        }
        Assert.InRange(locked, Limit - 3, Limit);
        Assert.Contains(answers, a => a.Status == 202);
    }

    [Fact]
    public async Task A_selector_beyond_the_limit_waits_for_a_second_person_and_goes_out_when_they_agree()
    {
        var (merchant, terminals) = await ShopAsync(Limit + 1);
        var (one, other) = (await server.Person("risk"), await server.Person("fleet"));

        var refused = await one.Post("/api/v1/locks", Many(merchant));
        refused.Refuses(409, "second_person_required");
        var batch = refused.Text("batchId");
        Assert.Equal(0, await LocksOf(terminals[0]));

        // The same person, however often, is no second one.
        (await one.Post($"/api/v1/locks/batches/{batch}/approve", new { })).Refuses(
            409,
            "second_person_required"
        );
        (await other.Post($"/api/v1/locks/batches/{batch}/approve", new { })).Expect(202);

        var shown = await Until(batch, "ordered");
        Assert.Equal(Limit + 1, shown.GetProperty("terminals").GetInt32());
        Assert.Equal(
            [one.Id, other.Id],
            shown
                .GetProperty("details")
                .GetProperty("people")
                .EnumerateArray()
                .Select(p => p.GetString())
        );
        foreach (var terminal in terminals)
        {
            Assert.Equal(1, await LocksOf(terminal));
        }
        (await other.Post($"/api/v1/locks/batches/{batch}/approve", new { })).Refuses(
            409,
            "not_awaiting"
        );
    }

    [Fact]
    public async Task A_single_lock_beyond_the_limit_waits_too_and_somebody_elses_limit_is_their_own()
    {
        var (merchant, terminals) = await ShopAsync(Limit);
        var (one, other) = (await server.Person("risk"), await server.Person("risk"));
        (await one.Post("/api/v1/locks", Many(merchant))).Expect(202);

        var refused = await one.Post($"/api/v1/terminals/{terminals[0]}/locks", Remote());
        refused.Refuses(409, "second_person_required");
        (await other.Post($"/api/v1/terminals/{terminals[0]}/locks", Remote())).Expect(202);
        Assert.Equal(2, await LocksOf(terminals[0]));

        (
            await other.Post($"/api/v1/locks/batches/{refused.Text("batchId")}/approve", new { })
        ).Expect(202);
        Assert.Equal(3, await LocksOf(terminals[0]));
    }

    [Fact]
    public async Task What_two_people_answer_for_counts_against_neither()
    {
        var (merchant, terminals) = await ShopAsync(Limit);
        var (one, other) = (await server.Person("risk"), await server.Person("risk"));
        var asked = (await one.Post("/api/v1/locks", Many(merchant, secondPerson: true)))
            .Expect(202)
            .Text("batchId");
        (await other.Post($"/api/v1/locks/batches/{asked}/approve", new { })).Expect(202);

        (await one.Post("/api/v1/locks", Many(merchant))).Expect(202);
        (await other.Post("/api/v1/locks", Many(merchant))).Expect(202);

        Assert.Equal(3, await LocksOf(terminals[0]));
    }

    [Fact]
    public async Task A_preview_is_free_and_a_refused_request_costs_nothing()
    {
        var (merchant, terminals) = await ShopAsync(Limit);
        var risk = await server.Person("risk");
        for (var i = 0; i < 5; i++)
        {
            (await risk.Post("/api/v1/locks?preview=true", Many(merchant))).Expect(200);
            (await risk.Post($"/api/v1/terminals/{terminals[0]}/locks", Remote(""))).Refuses(
                422,
                "invalid",
                "reason"
            );
        }

        (await risk.Post("/api/v1/locks", Many(merchant))).Expect(202);
    }

    [Fact]
    public async Task Whoever_lost_the_right_meanwhile_locks_nothing_by_a_second_persons_word()
    {
        var (merchant, terminals) = await ShopAsync(1);
        var (one, other) = (await server.Person("risk"), await server.Person("risk"));
        var asked = (await one.Post("/api/v1/locks", Many(merchant, secondPerson: true)))
            .Expect(202)
            .Text("batchId");
        (await server.Admin.Delete($"/api/v1/keys/{one.Id}")).Expect(204);

        (await other.Post($"/api/v1/locks/batches/{asked}/approve", new { })).Refuses(
            409,
            "no_right"
        );

        Assert.Equal(0, await LocksOf(terminals[0]));
    }

    [Fact]
    public async Task A_lock_names_its_reason_and_people_inside_and_neither_to_the_shop()
    {
        var (merchant, terminals) = await ShopAsync(1);
        var risk = await server.Person("risk");
        (await risk.Post($"/api/v1/terminals/{terminals[0]}/locks", Remote("stolen goods"))).Expect(
            202
        );
        var keeper = await server.Person("merchant", merchant);

        var inside = (await risk.Get($"/api/v1/terminals/{terminals[0]}")).Expect(200);
        var evidence = inside.Json.GetProperty("locks")[0].GetProperty("evidence");
        Assert.Equal("stolen goods", evidence.GetProperty("reason").GetString());
        Assert.Equal(risk.Id, evidence.GetProperty("people")[0].GetString());
        var outside = (await keeper.Get($"/api/v1/terminals/{terminals[0]}")).Expect(200);
        Assert.DoesNotContain("stolen goods", outside.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(risk.Id, outside.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_provider_sets_the_limit_by_policy()
    {
        await using var own = await RunningServer.StartAsync();
        (
            await own.Admin.PutJson(
                "/api/v1/policies/provider",
                new { document = "remote:\n  perPersonAndHour: 2\n", reason = "trial" }
            )
        ).Expect(200);
        var merchant = await Shop.NewMerchant(own, null);
        using var terminal = await DoorTerminal.Register(own, merchant);
        var path = $"/api/v1/terminals/{terminal.Id}/locks";

        (await own.Admin.Post(path, Remote())).Expect(202);
        (await own.Admin.Post(path, Remote())).Expect(202);
        (await own.Admin.Post(path, Remote())).Refuses(409, "second_person_required");
    }

    private async Task<System.Text.Json.JsonElement> Until(string batch, string status) =>
        await Batches.Until(server, batch, status);
}
