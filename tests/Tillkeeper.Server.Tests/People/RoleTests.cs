using System.Net;
using Tillkeeper.Server.Tests.Isolation;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.People;

/// <summary><c>POST /api/v1/people/{id}/role</c>: another role or place, and nobody raises themself.</summary>
public sealed class RoleTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_new_role_holds_at_once_and_ends_what_was_open_with_the_old_one()
    {
        using var browser = await TestBrowser.SignedIn(server, "admin");
        var id = browser.Account;
        Assert.Equal(HttpStatusCode.OK, await Get(browser, "/console/people"));
        (await server.Admin.Post(At(id), Body("helpdesk"))).Expect(204);
        Assert.Equal(HttpStatusCode.SeeOther, await Get(browser, "/console/people"));
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await browser.SignIn(browser.RecoveryCodes[1])).Status
        );
        Assert.Equal(HttpStatusCode.Forbidden, await Get(browser, "/console/people"));
        var alerts = await server.Admin.Get("/api/v1/alerts?kind=account_role_changed&limit=200");
        Assert.Contains(id, alerts.Body, StringComparison.Ordinal);

        // The same again changes nothing, and ends nothing.
        var before = LogHeads.Of(server);
        (await server.Admin.Post(At(id), Body("helpdesk"))).Expect(204);
        Assert.Equal(before, LogHeads.Of(server));
        Assert.Equal(HttpStatusCode.OK, await Get(browser, "/console"));
    }

    [Fact]
    public async Task Another_place_shows_another_part_of_the_tree()
    {
        var (first, second) = (
            await Tree.NewOrg(server, "First"),
            await Tree.NewOrg(server, "Second")
        );
        using var browser = await TestBrowser.SignedIn(server, "agent", first);
        var id = browser.Account;
        (await server.Admin.Post(At(id), Body("agent", second))).Expect(204);
        await browser.SignIn(browser.RecoveryCodes[1]);
        var seen = await browser.Client.GetStringAsync("/api/v1/orgs");
        Assert.Contains(second, seen, StringComparison.Ordinal);
        Assert.DoesNotContain(first, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_raises_themself_with_a_second_key_either_and_nobody_reaches_above_their_place()
    {
        var org = await Tree.NewOrg(server, "Part");
        var part = await server.Person("admin", org);
        var made = await server.Admin.Post(
            "/api/v1/people",
            new
            {
                name = "The same",
                login = $"same-{Letters.Random()}",
                role = "auditor",
                org,
                person = part.Id,
            }
        );
        var own = made.Expect(201).Text("id");
        (await part.Post(At(own), Body("admin"))).Refuses(403, "own_account");
        var above = (
            await server.Admin.Post(
                "/api/v1/people",
                new
                {
                    name = "Above",
                    login = $"above-{Letters.Random()}",
                    role = "auditor",
                }
            )
        ).Text("id");
        (await part.Post(At(above), Body("admin"))).Refuses(404, "not_found");
        var other = await Tree.NewOrg(server, "Elsewhere");
        var below = (
            await part.Post(
                "/api/v1/people",
                new
                {
                    name = "Below",
                    login = $"below-{Letters.Random()}",
                    role = "auditor",
                }
            )
        ).Text("id");
        (await part.Post(At(below), Body("agent", other))).Refuses(404, "not_found");
        (await part.Post(At(below), Body("king"))).Refuses(422, "invalid", "role");
        (await part.Post(At(below), Body("agent"))).Refuses(422, "invalid", "org");
        (await part.Post(At(below), Body("fleet", reason: ""))).Refuses(422, "invalid", "reason");
        (await part.Post(At(below), Body("fleet"))).Expect(204);
        (
            await server.Admin.Post($"/api/v1/people/{below}/suspend", new { reason = "left" })
        ).Expect(204);
        (await part.Post(At(below), Body("auditor"))).Refuses(409, "account_suspended");
    }

    [Fact]
    public async Task Two_admins_who_demote_each_other_at_once_leave_one()
    {
        await using var own = await RunningServer.StartAsync();
        using var first = await TestBrowser.SignedIn(own, "admin");
        using var second = await TestBrowser.SignedIn(own, "admin");
        var keys = (await own.Admin.Get("/api/v1/keys")).Json.GetProperty("items");
        var key = Assert.Single(keys.EnumerateArray()).GetProperty("id").GetString();
        (await own.Admin.Delete($"/api/v1/keys/{key}")).Expect(204);
        await Task.WhenAll(Demote(first, second), Demote(second, first));
        var left = await Task.WhenAll(
            Get(first, "/console/people"),
            Get(second, "/console/people")
        );
        Assert.Single(left, status => status is HttpStatusCode.OK);

        static async Task Demote(TestBrowser admin, TestBrowser other)
        {
            var (_, page) = await admin.Open("/console/people");
            await admin.Send(
                page,
                "/console/people/role",
                ("id", other.Account),
                ("role", "auditor"),
                ("reason", "moved")
            );
        }
    }

    private static string At(string id) => $"/api/v1/people/{id}/role";

    private static object Body(string role, string? org = null, string reason = "moved") =>
        new
        {
            role,
            org,
            reason,
        };

    private static async Task<HttpStatusCode> Get(TestBrowser browser, string path)
    {
        using var answer = await browser.Client.GetAsync(path);
        return answer.StatusCode;
    }
}
