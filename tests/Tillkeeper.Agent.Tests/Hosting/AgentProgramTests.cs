using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Tests.World;

namespace Tillkeeper.Agent.Tests.Hosting;

/// <summary>The program as a process: its options, its exit codes, and what a kill leaves behind.</summary>
public sealed class AgentProgramTests : IDisposable
{
    private readonly string folder = Directory
        .CreateTempSubdirectory("tillkeeper-program-")
        .FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("http://0.0.0.0:0", "https://localhost:1")]
    [InlineData("http://192.168.1.5:80", "https://localhost:1")]
    [InlineData("https://127.0.0.1:0", "https://localhost:1")]
    [InlineData("http://127.0.0.1:0/path", "https://localhost:1")]
    [InlineData("http://127.0.0.1:0", "http://localhost:1")]
    [InlineData("http://127.0.0.1:0", "nonsense")]
    public async Task Options_that_would_open_the_terminal_are_refused(string listen, string server)
    {
        var code = await AgentCommand.RunAsync(
            ["--data", folder, "--server", server, "--ca", "x", "--listen", listen],
            (_, _) => Task.FromResult(ExitCodes.Done)
        );

        Assert.Equal(ExitCodes.Usage, code);
    }

    [Fact]
    public async Task Good_options_arrive_as_they_were_given()
    {
        AgentOptions? given = null;

        var code = await AgentCommand.RunAsync(
            [
                "--data",
                folder,
                "--server",
                "https://keeper.example:8444",
                "--ca",
                "ca.crt",
                "--enrol",
                "CODE",
                "--listen",
                "http://127.0.0.1:7070",
            ],
            (options, _) =>
            {
                given = options;
                return Task.FromResult(ExitCodes.Done);
            }
        );

        Assert.Equal(ExitCodes.Done, code);
        Assert.Equal(
            new AgentOptions(
                folder,
                new Uri("https://keeper.example:8444"),
                "ca.crt",
                "CODE",
                new IPEndPoint(IPAddress.Loopback, 7070)
            ),
            given
        );
    }

    [Fact]
    public async Task It_says_where_it_listens_holds_its_folder_alone_and_ends_when_told()
    {
        await using var server = await TestServer.StartAsync();
        await using var agent = await StartAsync(server);
        await agent.AddressAsync();

        await using var second = await StartAsync(server);
        var (code, errors) = await second.EndAsync();
        Assert.Equal(ExitCodes.InUse, code);
        Assert.Contains(folder, errors, StringComparison.Ordinal);

        agent.Terminate();
        Assert.Equal(ExitCodes.Done, (await agent.EndAsync()).Code);
    }

    [Fact]
    public async Task Killed_in_the_middle_of_a_thousand_guesses_it_has_forgotten_none()
    {
        await using var server = await TestServer.StartAsync();
        var evaluated = 0;
        for (var round = 0; round < 3; round++)
        {
            await using var agent = await StartAsync(server);
            using var http = new HttpClient { BaseAddress = await agent.AddressAsync() };
            await Eventually.TrueAsync(
                async () =>
                {
                    using var status = await http.GetAsync("/local/v1/status");
                    return status.StatusCode == HttpStatusCode.OK;
                },
                "it is ready"
            );
            if (round == 0)
            {
                using var made = await http.PostAsync(
                    "/local/v1/setup",
                    JsonContent.Create(new { @operator = "boss", passcode = "582931" })
                );
                Assert.Equal(HttpStatusCode.Created, made.StatusCode);
            }
            var guesses = Enumerable.Range(0, 300).Select(_ => GuessAsync(http)).ToList();
            await Task.WhenAny(guesses);
            agent.Kill();
            evaluated += (await Task.WhenAll(guesses)).Count(s => s == HttpStatusCode.Unauthorized);
            await agent.EndAsync();
        }

        Assert.InRange(evaluated, 1, 5);
    }

    [Fact]
    public async Task No_secret_is_in_its_logs()
    {
        await using var server = await TestServer.StartAsync();
        await using var agent = await StartAsync(server);
        using var http = new HttpClient { BaseAddress = await agent.AddressAsync() };
        await Eventually.TrueAsync(
            async () =>
                (
                    await http.PostAsync(
                        "/local/v1/setup",
                        JsonContent.Create(new { @operator = "boss", passcode = "582931" })
                    )
                ).StatusCode == HttpStatusCode.Created,
            "it is set up"
        );
        await GuessAsync(http);
        var identity = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(folder, "data", "identity.json"))
        );

        agent.Terminate();
        var (_, errors) = await agent.EndAsync();

        Assert.Contains("Ready", errors, StringComparison.Ordinal);
        string?[] secrets =
        [
            "582931",
            "000000",
            TestServer.Code,
            .. new[] { "privateKey", "codeKey", "terminalSecret" }.Select(name =>
                identity.RootElement.GetProperty(name).GetString()
            ),
        ];
        Assert.All(
            secrets,
            secret => Assert.DoesNotContain(secret!, errors, StringComparison.Ordinal)
        );
    }

    private async Task<AgentProcess> StartAsync(TestServer server)
    {
        var ca = Path.Combine(folder, "ca.pem");
        await File.WriteAllTextAsync(ca, server.Authority.Ca.ExportCertificatePem());
        return AgentProcess.Start(
            "--data",
            Path.Combine(folder, "data"),
            "--server",
            server.Address.ToString(),
            "--ca",
            ca,
            "--enrol",
            TestServer.Code,
            "--listen",
            "http://127.0.0.1:0"
        );
    }

    private static async Task<HttpStatusCode?> GuessAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.PostAsync(
                "/local/v1/sign-in",
                JsonContent.Create(new { @operator = "boss", passcode = "000000" })
            );
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
