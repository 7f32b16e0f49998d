using System.Net;
using System.Text.Json;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>From the secure processor's word to the repaired terminal, with the real programs (C4, invariant 9).</summary>
public sealed class TamperTests
{
    [Fact]
    public async Task A_tampered_terminal_comes_back_only_repaired_by_two_people_and_enrolled_anew()
    {
        await using var server = await RunningServer.Start();
        await using var agent = await RunningAgent.StartWithStaff(server);
        var at = $"/api/v1/terminals/{agent.Terminal}";
        await server.Admin.Until(at, a => a.Body.GetProperty("online").GetBoolean());
        await agent.Program.Terminate();
        await using var before = await agent.Copy();
        await before.Program.Kill();
        await agent.StartReady();

        // In the middle of a sale.
        (
            await agent.Local.Post("/local/v1/transactions", new { capability = "card_payment" })
        ).Expect(HttpStatusCode.Created);
        var said = await agent.Local.Post(
            "/local/v1/tamper",
            new { source = "secure-processor", detail = "mesh" }
        );
        var lockId = said.Expect(HttpStatusCode.Created).Text("lockId");
        Assert.False(await agent.MaySell());
        await server.Admin.Until(at, a => a.Body.GetProperty("revoked").GetBoolean());
        await server.Admin.Until(
            "/api/v1/alerts?kind=tamper_reported",
            a => a.Body.GetProperty("items").GetArrayLength() == 1
        );

        // The folder of an hour ago sells until it meets its server, and never again.
        await before.StartReady();
        await before.Local.Until(
            "/local/v1/verdict?capability=card_payment",
            a => !a.Body.GetProperty("allow").GetBoolean()
        );

        // No door opens it.
        using var risk = await server.As("risk");
        (await risk.Post($"{at}/locks/{lockId}/release", new { reason = "please" })).Expect(
            HttpStatusCode.Conflict
        );
        (
            await agent.Local.Post($"/local/v1/locks/{lockId}/code", new { code = "12345678" })
        ).Expect(HttpStatusCode.Conflict);
        var codes = await server.Admin.Post($"{at}/enrolment-codes");
        Assert.Equal("tampered", codes.Expect(HttpStatusCode.Conflict).Text("code"));

        // Two people vouch, and a new folder with a new key begins a new epoch.
        var repair = new
        {
            inspection = "Opened at the depot, mesh replaced.",
            keysLoadedAt = DateTimeOffset.UtcNow,
            reason = "It fell.",
        };
        (await risk.Post($"{at}/tamper-repair", repair)).Expect(HttpStatusCode.Conflict);
        (
            await server.Admin.Post(
                $"{at}/tamper-repair",
                repair with
                {
                    keysLoadedAt = DateTimeOffset.UtcNow,
                }
            )
        ).Expect(HttpStatusCode.NoContent);
        var code = (await server.Admin.Post($"{at}/enrolment-codes"))
            .Expect(HttpStatusCode.Created)
            .Text("enrolmentCode");
        await using var repaired = await agent.Replace(code);
        Assert.True(await repaired.MaySell());
        await server.Admin.Until(
            at,
            a =>
                a.Body.GetProperty("online").GetBoolean()
                && a.Body.GetProperty("locks").GetArrayLength() == 0
        );

        // The old folder stays what it was.
        await agent.Program.Kill();
        await agent.StartReady();
        Assert.False(await agent.MaySell());
        Assert.True(await repaired.MaySell());
    }

    [Fact]
    public async Task A_model_profile_set_as_policy_reaches_the_terminal_and_locks_what_depends_on_the_part()
    {
        await using var server = await RunningServer.Start();
        var machine = Directory.CreateTempSubdirectory("tillkeeper-machine-").FullName;
        try
        {
            var reader = Path.Combine(machine, "sys/bus/usb/devices/1-1.2");
            Directory.CreateDirectory(reader);
            await File.WriteAllTextAsync(Path.Combine(reader, "idVendor"), "1a86\n");
            await File.WriteAllTextAsync(Path.Combine(reader, "idProduct"), "7523\n");
            await using var agent = await RunningAgent.Start(server, null, "--sysfs", machine);
            await SetPolicy(
                server,
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
                """
            );
            await agent.Local.Until(
                "/local/v1/parts",
                a =>
                    a.Body.GetProperty("parts").EnumerateArray().SingleOrDefault()
                        is { ValueKind: JsonValueKind.Object } part
                    && part.GetProperty("status").GetString() == "ok"
            );

            Directory.Delete(reader, recursive: true);
            var locked = await agent.Local.Until(
                "/local/v1/status?lang=zh",
                a => a.Locks.Length == 1
            );
            Assert.Equal("E04", locked.Locks[0].GetProperty("code").GetString());
            Assert.Contains(
                "读卡器",
                locked.Locks[0].GetProperty("explanation").GetProperty("safe").GetString(),
                StringComparison.Ordinal
            );
            Assert.False(await agent.MaySell());
            await server.Admin.Until(
                $"/api/v1/terminals/{agent.Terminal}",
                a => a.Locks.Length == 1
            );
        }
        finally
        {
            Directory.Delete(machine, recursive: true);
        }
    }

    private static async Task SetPolicy(RunningServer server, string document)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Put,
            "/api/v1/policies/model:iCT250?reason=test"
        );
        request.Content = new StringContent(
            document,
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/yaml")
        );
        var answer = await Answer.Of(await server.Admin.SendAsync(request));
        Assert.True(answer.Code is 200 or 201, $"{answer.Status} {answer.Body}");
    }
}
