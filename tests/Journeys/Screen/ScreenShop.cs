using System.Net;
using System.Net.Http.Headers;
using Tillkeeper.Journeys.Harness;
using Tillkeeper.Journeys.Updates;

namespace Tillkeeper.Journeys.Screen;

/// <summary>One shop for all tests of the lock screen: a server, a terminal with staff, a browser. Each test leaves it without locks.</summary>
public sealed class ScreenShop : IAsyncLifetime
{
    private readonly Software software = new();

    internal RunningServer Server { get; private set; } = null!;
    internal RunningAgent Agent { get; private set; } = null!;
    internal Browser Browser { get; private set; } = null!;
    internal Software Software => software;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.Start();
        var browser = Browser.Start();
        Agent = await RunningAgent.Start(Server, options: software.Options);
        await SetPolicy();
        await Agent.AddStaff();
        Browser = await browser;
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Agent.DisposeAsync();
        await Server.DisposeAsync();
        software.Dispose();
    }

    /// <summary>Takes away what a test that failed has left behind.</summary>
    internal async Task Free()
    {
        foreach (var standing in await Agent.Locks())
        {
            var id = standing.GetProperty("id").GetString()!;
            switch (standing.GetProperty("cause").GetString())
            {
                case "remote":
                    await ReleaseFromAfar(id);
                    break;
                case "hardware_fault":
                    await Printer("ok", times: 4);
                    break;
                case "wrong_password":
                    await Agent.SignIn("boss", RunningAgent.ManagerPasscode);
                    break;
            }
        }
    }

    /// <summary>The provider locks the terminal; the id of the lock, once it is in force.</summary>
    internal async Task<string> LockFromAfar()
    {
        await Free();
        using var risk = await Server.As("risk");
        var ordered = await risk.Post(
            $"/api/v1/terminals/{Agent.Terminal}/locks",
            new { cause = "remote", reason = "test" }
        );
        var id = ordered.Expect(HttpStatusCode.Accepted).Text("lockId");
        await Agent.Local.Until("/local/v1/status", a => a.Locks.Length == 1);
        return id;
    }

    internal async Task ReleaseFromAfar(string lockId)
    {
        var path = $"/api/v1/terminals/{Agent.Terminal}/locks/{lockId}/release";
        (await Server.Admin.Post(path, new { reason = "settled" })).Expect(HttpStatusCode.Accepted);
        await Agent.Local.Until(
            "/local/v1/status",
            a => a.Locks.All(l => l.GetProperty("id").GetString() != lockId)
        );
    }

    /// <summary>What the helpdesk does on the phone meanwhile: a case, another person's yes, the code.</summary>
    internal async Task<string> CodeFor(string challenge)
    {
        var opened = await Shops.ApprovedCase(
            Server,
            new
            {
                terminalId = Agent.Terminal,
                challenge,
                // Approving this orders nothing: the code alone ends the lock.
                wayOut = "offline_code",
                applicant = Shops.Applicant,
            }
        );
        using var risk = await Server.As("risk");
        return (await risk.Post($"/api/v1/cases/{opened}/offline-code", new { challenge }))
            .Expect(HttpStatusCode.OK)
            .Text("code");
    }

    /// <summary>No update begins over sales that are not settled.</summary>
    internal async Task CloseBatch()
    {
        var closing = (
            await Agent.Local.Post("/local/v1/transactions", new { capability = "batch_close" })
        ).Expect(HttpStatusCode.Created);
        using var request = new HttpRequestMessage(
            HttpMethod.Delete,
            $"/local/v1/transactions/{closing.Text("id")}"
        );
        request.Content = System.Net.Http.Json.JsonContent.Create(new { outcome = "approved" });
        (await Answer.Of(await Agent.Local.SendAsync(request))).Expect(HttpStatusCode.NoContent);
    }

    /// <summary>The printer as the vendor's own program finds it.</summary>
    internal async Task Printer(string status, int times)
    {
        for (var i = 0; i < times; i++)
        {
            (await Agent.Local.Post("/local/v1/parts/printer", new { status })).Expect(
                HttpStatusCode.NoContent
            );
        }
    }

    /// <summary>Three wrong passcodes are enough here, and a printer that cards depend on is reported.</summary>
    private async Task SetPolicy()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Put,
            $"/api/v1/policies/terminal:{Agent.Terminal}?reason=test"
        );
        request.Content = new StringContent(
            """
            wrongPassword: {attempts: 3, lockFor: PT30M}
            hardware: {mode: on, then: lock, failures: 2, among: 4, recoveries: 1}
            parts:
              - {name: printer, probe: reported, blocks: [card_payment]}
            """,
            new MediaTypeHeaderValue("application/yaml")
        );
        var answer = await Answer.Of(await Server.Admin.SendAsync(request));
        Assert.True(answer.Code is 200 or 201, $"{answer.Status} {answer.Body}");
        await Agent.Local.Until(
            "/local/v1/parts",
            a => a.Body.GetProperty("parts").GetArrayLength() == 1
        );
    }
}
