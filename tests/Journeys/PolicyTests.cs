using System.Net;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>A policy file becomes what a real terminal does.</summary>
public sealed class PolicyTests
{
    [Fact]
    public async Task A_file_applied_by_the_command_line_makes_a_real_terminal_lock_at_three()
    {
        await using var server = await RunningServer.Start();
        await using var agent = await RunningAgent.StartWithStaff(server);
        var target = $"terminal:{agent.Terminal}";
        using var folder = new PolicyFolder();
        var strict = folder.Write(
            "strict.yaml",
            "# Three are enough here.\nwrongPassword: {attempts: 3, lockFor: PT45M}\nsupport: {phone: 400-123-4567}\n"
        );

        var (checkedCode, said) = await server.Cli("policy", "check", strict);
        Assert.True(checkedCode == 0, said);
        var (diffCode, diff) = await server.Cli("policy", "diff", "--target", target, strict);
        Assert.True(diffCode == 0, diff);
        Assert.Contains("wrongPassword.attempts", diff, StringComparison.Ordinal);
        Assert.Contains("1 terminals would get another policy", diff, StringComparison.Ordinal);
        var (applied, output) = await server.Cli(
            "policy",
            "apply",
            "--target",
            target,
            "--reason",
            "trial",
            strict
        );
        Assert.True(applied == 0, output);

        await server.Admin.Until(
            $"/api/v1/terminals/{agent.Terminal}/policy",
            a => a.Text("status") == "confirmed" && Attempts(a) == 3
        );
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            (await agent.SignIn("03", RunningAgent.Wrong)).Expect(HttpStatusCode.Unauthorized);
        }
        (await agent.SignIn("03", RunningAgent.CashierPasscode)).Expect(HttpStatusCode.Locked);
        var paused = Assert.Single(await agent.Locks());
        Assert.Equal("E01", paused.GetProperty("code").GetString());
        var since = paused.GetProperty("since").GetDateTimeOffset();
        var end = paused.GetProperty("expectedEnd").GetDateTimeOffset();
        Assert.InRange((end - since).TotalMinutes, 44.9, 45.1);
        Assert.Contains("400-123-4567", paused.GetRawText(), StringComparison.Ordinal);

        // It holds over a restart of the terminal, and goes when it is taken away.
        await agent.Program.Kill();
        await agent.StartReady();
        Assert.Equal(
            "400-123-4567",
            (await agent.Local.Get("/local/v1/status")).Text("supportPhone")
        );
        var (removed, why) = await server.Cli(
            "policy",
            "remove",
            "--target",
            target,
            "--reason",
            "trial over"
        );
        Assert.True(removed == 0, why);
        await agent.Local.Until("/local/v1/status", a => a.Text("supportPhone") == "400-000-0000");
    }

    [Fact]
    public async Task A_server_killed_right_after_a_policy_was_set_still_brings_it_out()
    {
        await using var server = await RunningServer.Start();
        await using var agent = await RunningAgent.Start(server);
        using var folder = new PolicyFolder();
        var file = folder.Write("all.yaml", "support: {phone: 400-765-4321}\n");
        var (applied, output) = await server.Cli(
            "policy",
            "apply",
            "--target",
            "provider",
            "--reason",
            "new number",
            file
        );
        Assert.True(applied == 0, output);
        await server.Kill();
        await server.StartAgain();
        await agent.Local.Until("/local/v1/status", a => a.Text("supportPhone") == "400-765-4321");

        // And who enrols now has it from the first moment, and confirms it like everybody else.
        await using var later = await RunningAgent.Start(server);
        Assert.Equal(
            "400-765-4321",
            (await later.Local.Get("/local/v1/status")).Text("supportPhone")
        );
        foreach (var terminal in new[] { agent.Terminal, later.Terminal })
        {
            await server.Admin.Until(
                $"/api/v1/terminals/{terminal}/policy",
                a => a.Text("status") == "confirmed"
            );
        }
    }

    [Fact]
    public async Task A_file_with_mistakes_is_told_all_of_them_and_reaches_nobody()
    {
        await using var server = await RunningServer.Start();
        using var folder = new PolicyFolder();
        var broken = folder.Write("broken.yaml", "awya: {}\nwrongPassword:\n  attempts: 0\n");
        foreach (
            var command in new string[][]
            {
                ["policy", "check", broken],
                ["policy", "apply", "--target", "provider", "--reason", "x", broken],
                ["policy", "diff", "--target", "provider", broken],
            }
        )
        {
            var (exitCode, output) = await server.Cli(command);
            Assert.Equal(2, exitCode);
            Assert.Contains(
                $"{broken}:1: there is no section 'awya'; did you mean 'away'?",
                output,
                StringComparison.Ordinal
            );
            Assert.Contains(
                $"{broken}:3: wrongPassword.attempts is 0",
                output,
                StringComparison.Ordinal
            );
        }
        (await server.Admin.Get("/api/v1/policies/provider")).Expect(HttpStatusCode.NotFound);
        var (rules, shown) = await server.Cli("policy", "rules");
        Assert.True(rules == 0, shown);
        Assert.Contains("customer_pin", shown, StringComparison.Ordinal);
    }

    private static int? Attempts(Answer answer) =>
        answer
            .Body.GetProperty("values")
            .EnumerateArray()
            .Where(v => v.GetProperty("key").GetString() == "wrongPassword.attempts")
            .Select(v => (int?)v.GetProperty("value").GetInt32())
            .FirstOrDefault();

    private sealed class PolicyFolder : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory(
            "tillkeeper-policy-"
        );

        public string Write(string name, string text)
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllText(path, text);
            return path;
        }

        public void Dispose() => folder.Delete(recursive: true);
    }
}
