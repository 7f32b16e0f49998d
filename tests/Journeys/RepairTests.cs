using System.Net;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>W5 with the real programs: a terminal comes back from repair, and another one is replaced and wiped.</summary>
public sealed class RepairTests
{
    private static readonly object Reason = new { reason = "agreed" };

    [Fact]
    public async Task A_repaired_terminal_proves_itself_and_a_replaced_one_forgets_who_it_was()
    {
        await using var server = await RunningServer.Start();
        var machine = Directory.CreateTempSubdirectory("tillkeeper-machine-").FullName;
        try
        {
            var reader = Path.Combine(machine, "sys/bus/usb/devices/1-1.2");
            await PlugInAsync(reader);
            await using var agent = await RunningAgent.Start(server, null, "--sysfs", machine);
            await SetPolicyAsync(server);
            await agent.Local.Until("/local/v1/parts", a => Status(a) == "ok");
            Directory.Delete(reader, recursive: true);
            var locked = await agent.Local.Until("/local/v1/status", a => a.Locks.Length == 1);
            var lockId = locked.Locks[0].GetProperty("id").GetString();
            var at = $"/api/v1/terminals/{agent.Terminal}";
            await server.Admin.Until(at, a => a.Locks.Length == 1);

            await RepairAsync(server, agent, reader, lockId!);
            Assert.True(await agent.MaySell());

            await ReplaceAsync(server, agent);
        }
        finally
        {
            Directory.Delete(machine, recursive: true);
        }
    }

    private static async Task RepairAsync(
        RunningServer server,
        RunningAgent agent,
        string reader,
        string lockId
    )
    {
        using var risk = await server.As("risk");
        var opened = await server.Admin.Post(
            "/api/v1/repairs",
            new
            {
                terminalId = agent.Terminal,
                part = "card_reader",
                fault = "reads no card",
                lockId,
            }
        );
        var at = $"/api/v1/repairs/{opened.Expect(HttpStatusCode.Created).Text("id")}";
        foreach (
            var (step, body) in new (string, object)[]
            {
                ("dispatch", new { company = "Huaxin Repairs", repairer = "Zhao Lei" }),
                ("identity", new { proof = "employee_card" }),
                ("custody", Hand("shop", "repairer")),
                (
                    "result",
                    new
                    {
                        result = "repaired",
                        work = "reader replaced",
                        sealIntact = true,
                    }
                ),
                ("custody", Hand("repairer", "shop")),
            }
        )
        {
            (await server.Admin.Post($"{at}/{step}", body)).Expect(HttpStatusCode.NoContent);
        }

        // People may say what they like: the terminal has not said that it works.
        var refused = await risk.Post($"{at}/acceptance", Reason);
        Assert.Equal("self_test_missing", refused.Expect(HttpStatusCode.Conflict).Text("code"));
        await PlugInAsync(reader);
        (await agent.Local.Post("/local/v1/self-test", new { })).Expect(HttpStatusCode.OK);
        await server.Admin.Until(
            at,
            a =>
                a.Body.TryGetProperty("tested", out var test)
                && test.GetProperty("passed").GetBoolean()
        );
        (await risk.Post($"{at}/acceptance", Reason)).Expect(HttpStatusCode.Conflict);
        (await server.Admin.Post($"{at}/acceptance", Reason)).Expect(HttpStatusCode.NoContent);
        await agent.Local.Until("/local/v1/status", a => a.Locks.Length == 0);
    }

    private static async Task ReplaceAsync(RunningServer server, RunningAgent old)
    {
        await using var successor = await RunningAgent.Start(server);
        using var risk = await server.As("risk");
        var proposed = await server.Admin.Post(
            "/api/v1/replacements",
            new
            {
                terminalId = old.Terminal,
                newTerminalId = successor.Terminal,
                registrations = new[]
                {
                    new
                    {
                        acquirerCode = "unionpay",
                        merchantCode = "M1",
                        creditCode = "9144030071526726XG",
                        settlementAccount = "****3321",
                        addressOfUse = "88 Renmin Road",
                    },
                },
                reason = "worn out",
            }
        );
        var at = $"/api/v1/replacements/{proposed.Expect(HttpStatusCode.Created).Text("id")}";
        (await server.Admin.Post($"{at}/acknowledgement", new { reference = "UMS-1" })).Expect(
            HttpStatusCode.NoContent
        );
        (await risk.Post($"{at}/approval", Reason)).Expect(HttpStatusCode.Conflict);
        (await server.Admin.Post($"{at}/approval", Reason)).Expect(HttpStatusCode.NoContent);

        var gone = await old.Local.Until(
            "/local/v1/status",
            a => a.Status == HttpStatusCode.ServiceUnavailable
        );
        Assert.Equal("replaced", gone.Text("code"));
        Assert.False(File.Exists(Path.Combine(old.Data, "identity.json")));
        await server.Admin.Until(
            $"/api/v1/terminals/{old.Terminal}",
            a => a.Body.GetProperty("revoked").GetBoolean()
        );
        Assert.True(await successor.MaySell());
        await old.Program.Kill();
        await old.StartAgain();
        await old.Local.Until(
            "/local/v1/status",
            a => a.Status == HttpStatusCode.ServiceUnavailable && a.Text("code") == "replaced"
        );
    }

    private static object Hand(string from, string to) =>
        new
        {
            from,
            to,
            condition = "no scratches",
        };

    private static async Task PlugInAsync(string reader)
    {
        Directory.CreateDirectory(reader);
        await File.WriteAllTextAsync(Path.Combine(reader, "idVendor"), "1a86\n");
        await File.WriteAllTextAsync(Path.Combine(reader, "idProduct"), "7523\n");
    }

    private static string? Status(Answer answer) =>
        answer
            .Body.GetProperty("parts")
            .EnumerateArray()
            .Select(p => p.GetProperty("status").GetString())
            .SingleOrDefault();

    private static async Task SetPolicyAsync(RunningServer server)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Put,
            "/api/v1/policies/model:iCT250?reason=test"
        );
        request.Content = new StringContent(
            """
            hardware:
              mode: on
              then: lock
              every: PT0.2S
            parts:
              - name: card_reader
                probe: usb
                match: 1a86:7523
                blocks: [card_payment]
            """,
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/yaml")
        );
        var answer = await Answer.Of(await server.Admin.SendAsync(request));
        Assert.True(answer.Code is 200 or 201, $"{answer.Status} {answer.Body}");
    }
}
