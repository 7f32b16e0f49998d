using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Tests.Isolation;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Http;

/// <summary><c>Idempotency-Key</c>: per person, route and body, for 24 hours.</summary>
public sealed class IdempotencyTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static object Org(string name) => new { kind = "agent", name };

    [Fact]
    public async Task The_same_key_gives_the_same_answer_and_does_it_once()
    {
        var first = (await server.Admin.Post("/api/v1/orgs", Org("One"), "same-1")).Expect(201);
        var before = LogHeads.Of(server);
        var again = await server.Admin.Post("/api/v1/orgs", Org("One"), "same-1");
        Assert.Equal((201, first.Body), (again.Status, again.Body));
        Assert.Equal(before, LogHeads.Of(server));
        (await server.Admin.Post("/api/v1/orgs", Org("One"), "same-2")).Expect(201);
        Assert.NotEqual(before, LogHeads.Of(server));
    }

    [Fact]
    public async Task What_was_shown_once_is_not_shown_again()
    {
        var merchant = await Shop.NewMerchant(server, null);
        var key = new { name = "A", role = "auditor" };
        var terminal = new
        {
            serial = DoorTerminal.NewSerial(),
            merchantId = merchant,
            model = "T1",
        };
        await CheckAsync("/api/v1/keys", key, "key");
        var id = await CheckAsync("/api/v1/terminals", terminal, "enrolmentCode");
        await CheckAsync(
            $"/api/v1/terminals/{id}/enrolment-codes",
            new { },
            "enrolmentCode",
            "enrolmentCodeExpiresAt"
        );
    }

    [Fact]
    public async Task A_code_for_the_phone_is_not_shown_again()
    {
        using var tree = await Tree.Plant(server);
        var risk = await server.Person("risk");
        var path = $"/api/v1/cases/{tree.A1.Case}";
        var yes = new { decision = "approve", reason = "seen" };
        (await risk.Post($"{path}/decision", yes)).Expect(200);
        var body = new { challenge = Challenges.Of(tree.A1) };
        (await risk.Post($"{path}/offline-code", body, "code")).Expect(200).Text("code");
        var again = (await risk.Post($"{path}/offline-code", body, "code")).Expect(200);
        Assert.False(again.Json.TryGetProperty("code", out _));
    }

    private async Task<string> CheckAsync(
        string path,
        object body,
        string secret,
        string stays = "id"
    )
    {
        var first = (await server.Admin.Post(path, body, $"once {path}")).Expect(201);
        var again = (await server.Admin.Post(path, body, $"once {path}")).Expect(201);
        Assert.NotEmpty(first.Text(secret));
        Assert.False(again.Json.TryGetProperty(secret, out _));
        Assert.Equal(first.Text(stays), again.Text(stays));
        return first.Text(stays);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_a_422()
    {
        (await server.Admin.Post("/api/v1/orgs", Org("Two"), "reused")).Expect(201);
        var other = await server.Admin.Post("/api/v1/orgs", Org("Three"), "reused");
        other.Refuses(422, "idempotency_key_reused", "Idempotency-Key");
    }

    [Fact]
    public async Task A_refusal_is_replayed_too()
    {
        var first = await server.Admin.Post("/api/v1/orgs", Org(""), "refused");
        var again = await server.Admin.Post("/api/v1/orgs", Org(""), "refused");
        first.Refuses(422, "invalid", "name");
        Assert.Equal((first.Status, first.Body), (again.Status, again.Body));
    }

    [Fact]
    public async Task Keys_are_each_persons_own_and_each_routes_own()
    {
        var other = await server.Person("admin");
        var first = await server.Admin.Post("/api/v1/orgs", Org("Mine"), "shared");
        var second = await other.Post("/api/v1/orgs", Org("Theirs"), "shared");
        Assert.NotEqual(first.Expect(201).Text("id"), second.Expect(201).Text("id"));
        var merchant = await server.Admin.Post(
            "/api/v1/merchants",
            Bodies.Merchant("Shop"),
            "shared"
        );
        merchant.Expect(201);
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_a_422()
    {
        var answer = await server.Admin.Post("/api/v1/orgs", Org("Long"), new string('k', 201));
        answer.Refuses(422, "invalid", "Idempotency-Key");
    }

    [Fact]
    public async Task After_a_day_a_key_may_be_used_again()
    {
        FakeTime clock = new(DateTimeOffset.UtcNow);
        await using var own = await RunningServer.StartAsync(clock);
        var first = await own.Admin.Post("/api/v1/orgs", Org("Day"), "daily");
        clock.Now += TimeSpan.FromHours(23.9);
        var same = await own.Admin.Post("/api/v1/orgs", Org("Day"), "daily");
        clock.Now += TimeSpan.FromHours(0.2);
        var next = await own.Admin.Post("/api/v1/orgs", Org("Day"), "daily");
        Assert.Equal(first.Text("id"), same.Text("id"));
        Assert.NotEqual(first.Text("id"), next.Text("id"));
    }

    [Fact]
    public async Task While_the_first_is_at_work_the_second_is_a_409()
    {
        await using var own = await RunningServer.StartAsync();
        using Blockade log = new(own);
        // Whichever of the two comes first.
        Task<Answer>[] both =
        [
            own.Admin.Post("/api/v1/orgs", Org("Slow"), "slow"),
            own.Admin.Post("/api/v1/orgs", Org("Slow"), "slow"),
        ];
        var refused = await Task.WhenAny(both).WaitAsync(TimeSpan.FromSeconds(20));
        (await refused).Refuses(409, "in_progress");
        log.Lift();
        (await both.Single(task => task != refused)).Expect(201);
    }

    /// <summary>The very case the header is for: the asker gave up waiting, the act was done all the same.</summary>
    [Fact]
    public async Task An_asker_who_hung_up_gets_the_first_answer_when_asking_again()
    {
        await using var own = await RunningServer.StartAsync();
        using (Blockade log = new(own))
        {
            using CancellationTokenSource impatience = new(TimeSpan.FromMilliseconds(300));
            using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/orgs")
            {
                Content = JsonContent.Create(Org("Hung up")),
                Headers = { { "Idempotency-Key", "hung-up" } },
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                own.Admin.Client.SendAsync(request, impatience.Token)
            );
            await Task.Delay(300);
        }
        Answer again;
        do
        {
            again = await own.Admin.Post("/api/v1/orgs", Org("Hung up"), "hung-up");
        } while (again.Code == "in_progress");
        var id = again.Expect(201).Text("id");
        var listed = (await own.Admin.Get("/api/v1/orgs")).Json.GetProperty("items");
        Assert.Equal([id], listed.EnumerateArray().Select(o => o.GetProperty("id").GetString()));
    }

    /// <summary>Holds up the log: whatever is asked meanwhile is not decided before it is lifted.</summary>
    private sealed class Blockade : IDisposable
    {
        private readonly ManualResetEventSlim lifted = new();
        private readonly Task held;

        public Blockade(RunningServer server) =>
            held = server
                .Services.GetRequiredService<Appender>()
                .Run(Act.Server, _ => lifted.Wait(TimeSpan.FromSeconds(30)));

        public void Lift() => lifted.Set();

        public void Dispose()
        {
            Lift();
            held.Wait();
            lifted.Dispose();
        }
    }
}
