using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Tests.Cases;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;
using Shop = Tillkeeper.Server.Tests.Cases.Shop;

namespace Tillkeeper.Server.Tests.Complaints;

/// <summary>Complaints (W7, B10).</summary>
public sealed class ComplaintTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Path = "/api/v1/complaints";
    private static readonly object Overturn = new { outcome = "overturned", reason = "No ground." };

    [Fact]
    public async Task Overturning_a_lock_orders_its_release_and_is_counted()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await AboutRemoteLock(shop);
        var reviewer = await server.Person("risk");

        var answer = (await reviewer.Post($"{Path}/{id}/review", Overturn)).Expect(200);

        Assert.Equal("ordered", answer.Text("release"));
        Assert.Equal(["lock", "release"], await shop.Terminal.Orders());
        var seen = (await shop.Merchant.Get($"{Path}/{id}")).Expect(200);
        Assert.Equal(("settled", "overturned"), (seen.Text("state"), seen.Text("outcome")));
        Assert.True(seen.Json.GetProperty("promises")[0].GetProperty("kept").GetBoolean());
        var report = (await shop.Merchant.Get("/api/v1/reports/overturned")).Expect(200).Json;
        Assert.Equal(1, report.GetProperty("overturned").GetInt32());
        var line = Assert.Single(report.GetProperty("lines").EnumerateArray());
        Assert.Equal("remote", line.GetProperty("cause").GetString());
        Assert.True(line.GetProperty("byProvider").GetBoolean());
    }

    [Fact]
    public async Task Whoever_ordered_the_lock_does_not_review_it_with_any_of_their_keys()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await AboutRemoteLock(shop);
        var further = await server.Admin.Post(
            "/api/v1/keys",
            new
            {
                name = "The same",
                role = "admin",
                person = shop.Risk.Id,
            }
        );
        var again = new TestPerson("", server.Client(server.People, further.Text("key")));
        foreach (var own in (TestPerson[])[shop.Risk, again])
        {
            (await own.Post($"{Path}/{id}/review", Overturn)).Refuses(403, "own_decision");
        }
        Assert.Equal(["lock"], await shop.Terminal.Orders());
    }

    [Fact]
    public async Task Whoever_decided_a_case_does_not_review_the_complaint_about_it()
    {
        var shop = await Shop.Open(server);
        var (caseId, _) = await shop.Case(Cause.Anomaly, "provider_release");
        (await shop.Risk.Post(Shop.PathOf(caseId, "/decision"), Shop.Refuse)).Expect(200);
        var body = new
        {
            kind = "decision",
            caseId,
            text = "The papers were right.",
        };
        var id = (await shop.Merchant.Post(Path, body)).Expect(201).Text("id");

        (await shop.Risk.Post($"{Path}/{id}/review", Overturn)).Refuses(403, "own_decision");
        (await server.Admin.Post($"{Path}/{id}/review", Overturn)).Expect(200);
        Assert.Equal(["release"], await shop.Terminal.Orders());
        (await server.Admin.Post($"{Path}/{id}/review", Overturn)).Refuses(409, "already_reviewed");
    }

    [Fact]
    public async Task Where_two_release_the_reviewer_is_the_first_of_them()
    {
        var shop = await Shop.Open(server);
        var lockId = await shop.Terminal.Lock(Cause.StateUnknown);
        var id = await Complain(shop, lockId);
        var reviewer = await server.Person("risk");

        var answer = (await reviewer.Post($"{Path}/{id}/review", Overturn)).Expect(200);
        Assert.Equal("second_person_required", answer.Text("release"));
        Assert.Empty(await shop.Terminal.Orders());

        var release = $"/api/v1/terminals/{shop.Terminal.Id}/locks/{lockId}/release";
        (await shop.Risk.Post(release, new { reason = "overturned" })).Expect(202);
        Assert.Equal(["release"], await shop.Terminal.Orders());
    }

    [Fact]
    public async Task An_overturned_tamper_lock_still_opens_nothing()
    {
        var shop = await Shop.Open(server);
        var lockId = await shop.Terminal.Lock(Cause.Tamper);
        var id = await Complain(shop, lockId);

        var answer = (await server.Admin.Post($"{Path}/{id}/review", Overturn)).Expect(200);

        Assert.Equal("way_out_not_available", answer.Text("release"));
    }

    [Fact]
    public async Task The_clock_takes_it_up_when_nobody_answers_and_says_which_promise_was_broken()
    {
        FakeTime clock = new(DateTimeOffset.UtcNow);
        await using var own = await RunningServer.StartAsync(clock);
        var shop = await Shop.Open(own);
        var (id, _) = await AboutRemoteLock(shop);
        (await shop.Merchant.Post($"{Path}/{id}/escalate", new { to = "hotline" })).Refuses(
            409,
            "too_early"
        );
        string[] levels = ["management", "hotline", "market_regulation", "market_regulation"];
        foreach (var level in levels)
        {
            clock.Now += TimeSpan.FromDays(11.1);
            await Round(own);
            var seen = (await shop.Merchant.Get($"{Path}/{id}")).Expect(200);
            Assert.Equal(level, seen.Text("level"));
        }
        var late = (await shop.Merchant.Get($"{Path}/{id}")).Expect(200);
        var kept = late
            .Json.GetProperty("promises")
            .EnumerateArray()
            .Select(p => p.TryGetProperty("kept", out var k) ? k.GetBoolean() : (bool?)null);
        Assert.Equal([false, false, null, null], kept);
        var alerts = (await own.Admin.Get("/api/v1/alerts?kind=complaint_overdue")).Expect(200);
        Assert.Equal(3, alerts.Json.GetProperty("items").GetArrayLength());
        // Outside, the way on is the complainant's own choice.
        (
            await shop.Merchant.Post($"{Path}/{id}/escalate", new { to = "payment_regulator" })
        ).Expect(204);
    }

    [Fact]
    public async Task A_violation_needs_no_lock_and_goes_outside_at_once()
    {
        var shop = await Shop.Open(server);
        var body = new { kind = "violation", text = "Somebody asked for my customers' PIN." };
        var id = (await shop.Merchant.Post(Path, body)).Expect(201).Text("id");
        (
            await shop.Merchant.Post($"{Path}/{id}/escalate", new { to = "payment_regulator" })
        ).Expect(204);
        (await shop.Merchant.Post($"{Path}/{id}/escalate", new { to = "hotline" })).Refuses(
            409,
            "level_reached"
        );
    }

    [Fact]
    public async Task What_was_written_stands_in_no_file_of_the_server()
    {
        var shop = await Shop.Open(server);
        var body = new { kind = "violation", text = "Clerk Ouyang shouted at me." };
        var id = (await shop.Merchant.Post(Path, body)).Expect(201).Text("id");
        Assert.False(DatabaseText.Contains(server, "Ouyang"));
        var seen = (await shop.Merchant.Get($"{Path}/{id}")).Expect(200);
        Assert.Contains("Ouyang", seen.Text("text"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gossip", "text", "kind")]
    [InlineData("lock", "text", "terminalId")]
    [InlineData("delay", "text", "caseId")]
    [InlineData("violation", " ", "text")]
    public async Task What_is_wrong_is_named(string kind, string text, string field) =>
        (await server.Admin.Post(Path, new { kind, text })).Refuses(422, "invalid", field);

    private static Task Round(RunningServer running) =>
        running.Services.GetServices<IHostedService>().OfType<TimerRounds>().Single().Round();

    private static async Task<(string Id, string LockId)> AboutRemoteLock(Shop shop)
    {
        var ordered = await shop.Risk.Post(
            $"/api/v1/terminals/{shop.Terminal.Id}/locks",
            new { cause = "remote", reason = "refund burst" }
        );
        var lockId = ordered.Expect(202).Text("lockId");
        return (await Complain(shop, lockId), lockId);
    }

    private static async Task<string> Complain(Shop shop, string lockId)
    {
        var body = new
        {
            kind = "lock",
            terminalId = shop.Terminal.Id,
            lockId,
            text = "There was no reason.",
        };
        return (await shop.Merchant.Post(Path, body)).Expect(201).Text("id");
    }
}
