using System.Text.Json;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Audit;

/// <summary><c>GET /api/v1/audit/events</c>: who did what, when, from where, and to what.</summary>
public sealed class AuditSearchTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task What_a_person_did_to_a_terminal_is_found_by_each_of_its_facts()
    {
        var merchant = await Shop.NewMerchant(server, null);
        using var terminal = await DoorTerminal.Enrol(server, merchant);
        var person = await server.Person("risk");
        (
            await person.Post(
                $"/api/v1/terminals/{terminal.Id}/locks",
                new { cause = "anomaly", reason = "looked odd" }
            )
        ).Expect(202);
        var auditor = await server.Person("auditor");
        foreach (
            var query in new[]
            {
                $"who={person.Id}&what=terminal.lock_ordered",
                $"of=terminal/{terminal.Id}&who=person/{person.Id}&what=terminal.lock_ordered.v1",
                $"what=terminal.lock_&who={person.Id}",
                $"what=terminal.lock_ordered&who={person.Id}&from={Uri.EscapeDataString(DateTimeOffset.UtcNow.AddMinutes(-5).ToString("O"))}",
                $"what=terminal.lock_ordered&who={person.Id}&to={Uri.EscapeDataString(DateTimeOffset.UtcNow.AddMinutes(5).ToString("O"))}",
                $"source=127.0.0.1&who={person.Id}&what=terminal.lock",
            }
        )
        {
            var row = Assert.Single(await Rows(auditor, query));
            Assert.Equal($"person/{person.Id}", row.GetProperty("who").GetString());
            Assert.Equal("Somebody of risk", row.GetProperty("name").GetString());
            Assert.Equal($"terminal/{terminal.Id}", row.GetProperty("of").GetString());
            Assert.Equal("success", row.GetProperty("outcome").GetString());
            Assert.Contains(
                "looked odd",
                row.GetProperty("data").GetRawText(),
                StringComparison.Ordinal
            );
        }
        Assert.Empty(await Rows(auditor, $"who={person.Id}&what=case."));
        Assert.Empty(
            await Rows(
                auditor,
                $"who={person.Id}&to={Uri.EscapeDataString(DateTimeOffset.UtcNow.AddDays(-1).ToString("O"))}"
            )
        );
    }

    [Fact]
    public async Task Page_by_page_every_entry_comes_once_the_newest_first()
    {
        await Shop.NewMerchant(server, null);
        List<string> places = [];
        List<DateTimeOffset> times = [];
        var after = "";
        do
        {
            var page = (
                await server.Admin.Get($"/api/v1/audit/events?limit=7&after={after}")
            ).Expect(200);
            foreach (var row in page.Json.GetProperty("items").EnumerateArray())
            {
                places.Add(row.GetProperty("place").GetString()!);
                times.Add(row.GetProperty("at").GetDateTimeOffset());
            }
            after = page.Json.TryGetProperty("next", out var next) ? next.GetString() : null;
        } while (after is not null);
        Assert.Equal(places.Count, places.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(times.OrderDescending(), times);
        var heads = (await server.Admin.Get("/api/v1/audit/verify")).Expect(200);
        Assert.Equal(
            heads
                .Json.GetProperty("shards")
                .EnumerateArray()
                .Sum(s => s.GetProperty("lastSeq").GetInt64()),
            places.Count
        );
    }

    [Fact]
    public async Task A_verification_in_the_background_comes_to_the_same_end()
    {
        (await server.Admin.Post("/api/v1/audit/verifications", new { })).Expect(202);
        JsonElement last;
        var until = DateTime.UtcNow.AddSeconds(20);
        do
        {
            Assert.True(DateTime.UtcNow < until);
            await Task.Delay(10);
            last = (await server.Admin.Get("/api/v1/audit/verifications/last")).Expect(200).Json;
        } while (last.GetProperty("running").GetBoolean());
        Assert.True(last.GetProperty("report").GetProperty("ok").GetBoolean());
        Assert.True(last.GetProperty("checked").GetInt64() >= last.GetProperty("total").GetInt64());
        Assert.True(last.GetProperty("total").GetInt64() > 0);
    }

    [Fact]
    public async Task A_cursor_of_nobodys_is_refused() =>
        (await server.Admin.Get("/api/v1/audit/events?after=7")).Refuses(422, "invalid", "after");

    private static async Task<JsonElement[]> Rows(TestPerson person, string query) =>
        [
            .. (await person.Get($"/api/v1/audit/events?{query}"))
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray(),
        ];
}
