using System.Text.Json;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Tests.Watch;

/// <summary><c>/api/v1/alerts</c> as people use it.</summary>
public sealed class AlertEndpointTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Making_a_key_is_alerted()
    {
        var made = await server.Person("risk");
        var shown = (await AlertAsync($"key_created/{made.Id}")).Expect(200);
        Assert.Equal("An API key was made: Somebody of risk, risk desk", shown.Text("title"));
        Assert.Equal(("open", "key_created"), (shown.Text("state"), shown.Text("kind")));
    }

    [Fact]
    public async Task The_title_comes_in_the_language_of_the_request()
    {
        var made = await server.Person("risk");
        using HttpRequestMessage request = new(
            HttpMethod.Get,
            $"/api/v1/alerts/{Alerts.IdOf($"key_created/{made.Id}", 1)}"
        );
        request.Headers.AcceptLanguage.ParseAdd("zh-CN,en;q=0.5");
        using var response = await server.Admin.Client.SendAsync(request);
        Assert.Equal(
            "新建了API密钥：Somebody of risk（风控）",
            (await Answer.Of(response)).Text("title")
        );
    }

    [Fact]
    public async Task It_is_taken_over_given_a_time_and_settled_with_a_reason()
    {
        var (helpdesk, key) = (await server.Person("helpdesk"), await server.Person("fleet"));
        var path = $"/api/v1/alerts/{Alerts.IdOf($"key_created/{key.Id}", 1)}";
        var due = DateTimeOffset.UtcNow.AddDays(2);
        (await helpdesk.Post($"{path}/own", new { })).Expect(204);
        (await helpdesk.Post($"{path}/due", new { due })).Expect(204);
        (await helpdesk.Post($"{path}/due", new { due = due.AddYears(-1) })).Refuses(
            422,
            "invalid",
            "due"
        );
        (await helpdesk.Post($"{path}/settle", new { })).Refuses(422, "invalid", "reason");
        (await helpdesk.Post($"{path}/settle", new { reason = "I asked" })).Expect(204);
        (await helpdesk.Post($"{path}/settle", new { reason = "again" })).Refuses(
            409,
            "alert_settled"
        );
        var shown = (await server.Admin.Get(path)).Expect(200);
        Assert.Equal(
            ("settled", "Somebody of helpdesk"),
            (shown.Text("state"), shown.Text("owner"))
        );
        Assert.Equal(
            ["opened", "took it over", "set the due time", "settled: I asked"],
            shown
                .Json.GetProperty("timeline")
                .EnumerateArray()
                .Select(step => step.GetProperty("what").GetString())
        );
    }

    [Fact]
    public async Task What_a_terminal_reports_that_nobody_may_miss_is_an_alert_its_agent_sees_too()
    {
        var org = await Tree.NewOrg(server, "Agent");
        var agent = await server.Person("agent", org);
        var merchant = await Shop.NewMerchant(server, org);
        using var opened = await DoorTerminal.Enrol(server, merchant);
        using var lost = await DoorTerminal.Enrol(server, merchant);
        using var forked = await DoorTerminal.Enrol(server, merchant);
        await opened.Report(Shop.Raise(TestTerminal.NewId(), Cause.Tamper));
        await lost.Report(new StateLost("the journal is gone"));
        await forked.Report(new DeviceStarted(Shop.Clock, "1.0"));
        var other = Line.After(forked.Last) with { Prev = new string('f', 64) };
        (await forked.Send(other)).Expect(409);
        (await forked.Send(other)).Expect(409);

        var seen = await ItemsAsync(agent, "/api/v1/alerts");
        Assert.Equal(
            [
                ("fork_found", forked.Id, 1, "critical"),
                ("state_unknown", lost.Id, 1, "high"),
                ("tamper_reported", opened.Id, 1, "critical"),
            ],
            seen.Select(a =>
                (
                    a.GetProperty("kind").GetString(),
                    a.GetProperty("terminalId").GetString(),
                    a.GetProperty("occurrences").GetInt32(),
                    a.GetProperty("severity").GetString()
                )
            )
        );
    }

    [Fact]
    public async Task Agents_see_what_concerns_terminals_and_never_the_providers_own_affairs()
    {
        var org = await Tree.NewOrg(server, "Agent");
        var agent = await server.Person("agent", org);
        Assert.Empty(await ItemsAsync(agent, "/api/v1/alerts"));
        (await agent.Get($"/api/v1/alerts/{Alerts.IdOf($"key_created/{agent.Id}", 1)}")).Expect(
            404
        );
    }

    [Fact]
    public async Task The_list_is_filtered_by_state_and_kind_newest_first_page_by_page()
    {
        var org = await Tree.NewOrg(server, "Agent");
        var risk = await server.Person("risk", org);
        List<string?> keys = [risk.Id];
        for (var i = 0; i < 4; i++)
        {
            keys.Add((await server.Person("merchant", org)).Id);
        }
        (
            await risk.Post(
                $"/api/v1/alerts/{Alerts.IdOf($"key_created/{keys[1]}", 1)}/settle",
                new { reason = "known" }
            )
        ).Expect(204);
        keys.RemoveAt(1);
        List<string?> seen = [];
        List<DateTimeOffset> opened = [];
        for (string? after = ""; after is not null; )
        {
            var page = await risk.Get(
                $"/api/v1/alerts?state=open&kind=key_created&limit=2&after={after}"
            );
            var items = page.Json.GetProperty("items").EnumerateArray().ToList();
            seen.AddRange(items.Select(KeyOf));
            opened.AddRange(items.Select(i => i.GetProperty("openedAt").GetDateTimeOffset()));
            after = page.Json.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        // Two can open within the same millisecond.
        Assert.Equal(keys.Order(), seen.Order());
        Assert.Equal(opened.OrderDescending(), opened);
        Assert.Empty(await ItemsAsync(risk, "/api/v1/alerts?kind=nothing"));
        (await risk.Get("/api/v1/alerts?state=closed")).Refuses(422, "invalid", "state");
    }

    private static string? KeyOf(JsonElement alert) =>
        alert.GetProperty("facts").GetProperty("key").GetString();

    private Task<Answer> AlertAsync(string key) =>
        server.Admin.Get($"/api/v1/alerts/{Alerts.IdOf(key, 1)}");

    private static async Task<JsonElement[]> ItemsAsync(TestPerson person, string path) =>
        [.. (await person.Get(path)).Expect(200).Json.GetProperty("items").EnumerateArray()];
}
