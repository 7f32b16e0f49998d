using Dapper;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Secrets;

namespace Tillkeeper.Server.Tests.Terminals;

/// <summary><c>GET /api/v1/terminals</c>: narrowed down, sorted and paged by the server.</summary>
public sealed class TerminalListTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task The_fleet_is_narrowed_down_by_everything_that_is_known_of_a_terminal()
    {
        var org = await Tree.NewOrg(server, "Agent Gamma");
        var merchant = await Shop.NewMerchant(server, org, "Grape shop");
        using var free = await DoorTerminal.Enrol(server, merchant);
        using var held = await DoorTerminal.Enrol(server, merchant);
        using var opened = await DoorTerminal.Register(server, merchant);
        using var gone = await DoorTerminal.Enrol(server, merchant);
        await Lock(held, "remote");
        await Lock(opened, "tamper");
        var revoked = await server.Admin.Post(
            $"/api/v1/terminals/{gone.Id}/revoke",
            new { reason = "lost" }
        );
        revoked.Expect(204);

        await Finds(org, "locked=true", held, opened);
        await Finds(org, "locked=false", free, gone);
        await Finds(org, "cause=remote", held);
        await Finds(org, "severity=critical", opened);
        await Finds(org, "severity=high&locked=false");
        await Finds(org, "tampered=true", opened);
        await Finds(org, "tampered=false", free, held, gone);
        await Finds(org, "revoked=true", gone);
        await Finds(org, "revoked=false&locked=false", free);
        await Finds(org, "online=true&tampered=true");
        await Finds(org, "model=T1&q=Grape", free, held, opened, gone);
        await Finds(org, "model=T2");
        await Finds(org, "version=9");

        // Enrolled anew, it is no longer out of service.
        var code = await server.Admin.Post($"/api/v1/terminals/{gone.Id}/enrolment-codes", new { });
        (await gone.Enrol(code.Expect(201).Text("enrolmentCode"))).Expect(201);
        await Finds(org, "revoked=true");
    }

    [Fact]
    public async Task A_promised_end_that_has_passed_is_counted_and_leads_to_its_terminal()
    {
        await using var stand = await Environments.Stand.Open();
        var end = stand.Time.Now.AddHours(1);
        var body = new
        {
            cause = "remote",
            reason = "test",
            expectedEnd = end,
        };
        (await stand.Server.Admin.Post($"{stand.Path}/locks", body)).Expect(202);
        Assert.Equal((0, 0, 1), await Late(stand.Server));
        stand.Time.Now = end.AddMinutes(1);
        Assert.Equal((1, 1, 0), await Late(stand.Server));
    }

    /// <summary>How many promises have passed: as counted, as listed, and how many terminals are none of them.</summary>
    private static async Task<(int Counted, int Late, int Others)> Late(RunningServer server)
    {
        var overview = (await server.Admin.Get("/api/v1/overview")).Expect(200).Json;
        return (
            overview.GetProperty("missed").GetInt32(),
            await Count("late=true"),
            await Count("late=false")
        );

        async Task<int> Count(string query) =>
            (await server.Admin.Get($"/api/v1/terminals?{query}"))
                .Expect(200)
                .Json.GetProperty("items")
                .GetArrayLength();
    }

    [Fact]
    public async Task What_several_share_is_sorted_and_paged_without_losing_or_repeating_one()
    {
        var org = await Tree.NewOrg(server, "Agent Delta");
        var merchant = await Shop.NewMerchant(server, org, "Date shop");
        foreach (var model in (string[])["T9", "T7", "T9", "T8", "T7", "T9"])
        {
            var serial = DoorTerminal.NewSerial();
            var body = new { merchantId = merchant, model };
            (await server.Admin.PutJson($"/api/v1/terminals/by-serial/{serial}", body)).Expect(201);
        }
        foreach (var sort in (string[])["id", "-id", "serial", "-serial", "-version", "version"])
        {
            Assert.Equal(6, (await Models(org, sort)).Count);
        }
        Assert.Equal(["T7", "T7", "T8", "T9", "T9", "T9"], await Models(org, "model"));
        Assert.Equal(["T9", "T9", "T9", "T8", "T7", "T7"], await Models(org, "-model"));
    }

    [Theory]
    [InlineData("sort=colour", "sort")]
    [InlineData("severity=terrible", "severity")]
    [InlineData("cause=weather", "cause")]
    public async Task What_is_not_known_is_a_422(string query, string field) =>
        (await server.Admin.Get($"/api/v1/terminals?{query}")).Refuses(422, "invalid", field);

    [Fact]
    public async Task An_agent_finds_nothing_beside_its_subtree()
    {
        var (mine, other) = (
            await Tree.NewOrg(server, "Agent Mine"),
            await Tree.NewOrg(server, "Agent Other")
        );
        var below = await Tree.NewOrg(server, "Agent Below", mine);
        var agent = await server.Person("agent", mine);
        (await agent.Get($"/api/v1/terminals?org={below}")).Expect(200);
        (await agent.Get($"/api/v1/terminals?org={other}")).Refuses(404, "not_found");
        (await agent.Get("/api/v1/terminals?org=nobody")).Refuses(404, "not_found");
    }

    /// <summary>By <c>EXPLAIN QUERY PLAN</c>: no page of a large fleet is found by sorting or reading the whole of it.</summary>
    [Fact]
    public void Each_filter_and_each_order_is_served_by_an_index()
    {
        using TempFolder folder = new();
        using Database database = new(folder.File("plan.db"));
        foreach (var sort in TerminalOrder.Words.SelectMany(w => (string[])[w, $"-{w}"]))
        {
            foreach (var after in (string[])["", "x~y"])
            {
                foreach (var wide in Wide)
                {
                    var plan = Plan(database, wide, sort, after);
                    Assert.DoesNotContain("TEMP B-TREE FOR", plan);
                }
                foreach (var narrow in Narrow)
                {
                    Assert.Contains("SEARCH t USING", Plan(database, narrow, sort, after));
                }
                if (after.Length > 0)
                {
                    // A later page begins where it begins, not at the first row.
                    Assert.Contains("SEARCH t USING", Plan(database, new(), sort, after));
                }
            }
        }
    }

    /// <summary>Most terminals may fit: they are read in their order until a page is full.</summary>
    private static readonly TerminalFilter[] Wide =
    [
        new(),
        new() { Online = true },
        new() { Online = false },
        new() { Locked = false },
        new() { Tampered = false },
        new() { Late = false },
        new() { Revoked = false },
    ];

    /// <summary>Few fit: they are looked up, and only they.</summary>
    private static readonly TerminalFilter[] Narrow =
    [
        new() { Merchant = "m" },
        new() { Cause = "remote" },
        new() { Severity = "critical" },
        new() { Locked = true },
        new() { Tampered = true },
        new() { Late = true },
        new() { Revoked = true },
        new() { Q = "SN1" },
    ];

    private static string Plan(
        Database database,
        TerminalFilter filter,
        string sort,
        string after
    ) =>
        database.Read(c =>
            string.Join(
                "\n",
                c.Query(
                        "EXPLAIN QUERY PLAN "
                            + TerminalList.Sql(Person.Root, filter, TerminalOrder.Of(sort), after),
                        new
                        {
                            filter.Merchant,
                            filter.Cause,
                            filter.Causes,
                            Now = 0,
                            Id = "a",
                            Value = "a",
                            Prefix = "a",
                            Beyond = "b",
                            Most = 50,
                        }
                    )
                    .Select(row => (string)row.detail)
            )
        );

    private async Task Lock(DoorTerminal terminal, string cause)
    {
        var body = new { cause, reason = "test" };
        (await server.Admin.Post($"/api/v1/terminals/{terminal.Id}/locks", body)).Expect(202);
    }

    private async Task Finds(string org, string query, params DoorTerminal[] expected)
    {
        var page = await server.Admin.Get($"/api/v1/terminals?org={org}&{query}");
        Assert.Equal(
            expected.Select(t => t.Id).Order(StringComparer.Ordinal),
            page.Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray()
                .Select(t => t.GetProperty("id").GetString()!)
        );
    }

    private async Task<List<string>> Models(string org, string sort)
    {
        List<string> models = [];
        HashSet<string> ids = new(StringComparer.Ordinal);
        for (var after = ""; ; )
        {
            var page = await server.Admin.Get(
                $"/api/v1/terminals?org={org}&sort={sort}&limit=2&after={Uri.EscapeDataString(after)}"
            );
            foreach (var item in page.Expect(200).Json.GetProperty("items").EnumerateArray())
            {
                Assert.True(ids.Add(item.GetProperty("id").GetString()!));
                models.Add(item.GetProperty("model").GetString()!);
            }
            if (!page.Json.TryGetProperty("next", out var next))
            {
                return models;
            }
            after = next.GetString()!;
        }
    }
}
