using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>W2 with real programs: server, terminal and bank, each a process of its own.</summary>
public sealed class BankAppTests
{
    private const string Reference = "cardholder-7f3a";

    [Fact]
    public async Task The_owner_ends_a_pause_and_then_resets_a_passcode_in_the_banks_app()
    {
        await using var server = await RunningServer.Start();
        await using var agent = await RunningAgent.StartWithStaff(server);
        var path = $"/api/v1/terminals/{agent.Terminal}";
        await AllowBank(server, agent);
        var listen = $"http://127.0.0.1:{RunningProgram.FreePort()}";
        await using var bank = await RunningProgram.Start(
            "Tillkeeper.DemoBank",
            "demo bank listening",
            new Dictionary<string, string>(),
            "--listen",
            listen,
            "--server",
            server.People,
            "--ca",
            server.CaFile,
            "--data",
            Path.Combine(server.Data, "demo-bank")
        );
        using var phone = new HttpClient { BaseAddress = new Uri(listen) };
        await Register(server, bank, phone, listen, path);

        // The shop asks, the owner reads and says yes.
        var paused = await agent.LockOut("03");
        await server.Admin.Until(path, a => a.Locks.Length == 1);
        (
            await server.Admin.Post(
                $"{path}/bank-requests",
                new { action = "release", locks = new[] { paused } }
            )
        ).Expect(HttpStatusCode.Accepted);
        var waiting = await phone.GetFromJsonAsync<JsonElement>($"/app/{Reference}/requests");
        var request = Assert.Single(waiting.EnumerateArray());
        Assert.Contains(
            "E01",
            request.GetProperty("text").GetProperty("zh-Hans").GetString()!,
            StringComparison.Ordinal
        );
        await Approve(phone, request.GetProperty("request").GetString()!);
        await server.Admin.Until(path, a => a.Locks.Length == 0);
        (await agent.SignIn("03", RunningAgent.CashierPasscode)).Expect(HttpStatusCode.OK);

        // The owner looks, and lets the operator choose a new passcode.
        var again = await agent.LockOut("03");
        await server.Admin.Until(path, a => a.Locks.Length == 1);
        var seen = await phone.GetFromJsonAsync<JsonElement>($"/app/{Reference}/terminals");
        Assert.Contains(again, seen.GetRawText(), StringComparison.Ordinal);
        var wished = await phone.Post(
            $"/app/{Reference}/wishes",
            new
            {
                terminal = agent.Terminal,
                action = "reset_passcode",
                locks = new[] { again },
            }
        );
        await Approve(phone, wished.Expect(HttpStatusCode.Created).Text("request"));
        await server.Admin.Until(path, a => a.Locks.Length == 0);
        (await agent.SetPasscode("03", "918273")).Expect(HttpStatusCode.NoContent);
        (await agent.SignIn("03", "918273")).Expect(HttpStatusCode.OK);
    }

    private static async Task AllowBank(RunningServer server, RunningAgent agent)
    {
        var target = $"/api/v1/policies/terminal:{agent.Terminal}";
        using var set = await server.Admin.PutAsJsonAsync(
            target,
            new { document = "ownRelease: {bankApproval: [wrong_password]}", reason = "test" }
        );
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        await server.Admin.Until(
            $"/api/v1/terminals/{agent.Terminal}/policy",
            a =>
                a.Text("status") == "confirmed"
                && a.Body.GetRawText()
                    .Contains(
                        "ownRelease.bankApproval\",\"value\":[\"wrong_password",
                        StringComparison.Ordinal
                    )
        );
    }

    private static async Task Register(
        RunningServer server,
        RunningProgram bank,
        HttpClient phone,
        string listen,
        string path
    )
    {
        var made = await server.Admin.Post(
            "/api/v1/banks",
            new
            {
                name = "Demo bank",
                url = $"{listen}/requests",
                kid = "demo-bank-1",
                publicKey = string.Join(
                    '\n',
                    bank.Lines.SkipWhile(l => !l.Contains("BEGIN", StringComparison.Ordinal))
                        .Take(4)
                ),
            }
        );
        var id = made.Expect(HttpStatusCode.Created).Text("id");
        using var setup = await phone.PutAsJsonAsync(
            "/setup",
            new { id, requestKey = made.Text("requestKey") }
        );
        Assert.Equal(HttpStatusCode.NoContent, setup.StatusCode);
        using var bound = await server.Admin.PutAsJsonAsync(
            $"{path}/bank-card",
            new { bank = id, reference = Reference }
        );
        Assert.Equal(HttpStatusCode.NoContent, bound.StatusCode);
    }

    private static async Task Approve(HttpClient phone, string request) =>
        (await phone.Post($"/app/requests/{request}/answer", new { approved = true })).Expect(
            HttpStatusCode.OK
        );
}
