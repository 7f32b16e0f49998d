using System.Net;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>R5 and B4: a one-time code, with the terminal cut off, is accepted once, however often it is sent.</summary>
public sealed class OfflineCodeRaceTests
{
    [Fact]
    public async Task A_code_sent_a_thousand_times_at_once_to_a_cut_off_terminal_is_accepted_once()
    {
        await using var server = await RunningServer.Start();
        await using var cable = new Forwarder(server.Terminals);
        await using var agent = await RunningAgent.StartWithStaff(server, cable.Url);
        await server.Admin.Until(
            $"/api/v1/terminals/{agent.Terminal}",
            a => a.Body.GetProperty("online").GetBoolean()
        );
        cable.Cut();

        var lockId = await agent.LockOut("03");
        var challenge = (await agent.Local.Get($"/local/v1/locks/{lockId}/challenge"))
            .Expect(HttpStatusCode.OK)
            .Text("challenge");
        var opened = await Shops.ApprovedCase(
            server,
            new
            {
                terminalId = agent.Terminal,
                challenge,
                wayOut = "password_reset",
                applicant = Shops.Applicant,
            }
        );
        using var helpdesk = await server.As("helpdesk");
        var code = (await helpdesk.Post($"/api/v1/cases/{opened}/offline-code", new { challenge }))
            .Expect(HttpStatusCode.OK)
            .Text("code");
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await helpdesk.Post($"/api/v1/cases/{opened}/offline-code", new { challenge })).Status
        );

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 1000)
                .Select(_ => agent.Local.Post($"/local/v1/locks/{lockId}/code", new { code }))
        );

        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.All(
            answers.Where(a => a.Status != HttpStatusCode.OK),
            a => Assert.Equal(HttpStatusCode.Conflict, a.Status)
        );
        Assert.Empty(await agent.Locks());
        (await agent.SignIn("03", RunningAgent.CashierPasscode)).Expect(
            HttpStatusCode.Unauthorized
        );
        (await agent.SetPasscode("03", "918273")).Expect(HttpStatusCode.NoContent);
        (await agent.SignIn("03", "918273")).Expect(HttpStatusCode.OK);

        // Back on the cable the server hears of a lock it never knew, in order, and the case closes by itself.
        cable.Join();
        await server.Admin.Until(
            $"/api/v1/cases/{opened}",
            a => a.Text("state") == "closed",
            seconds: 90
        );
        Assert.Empty((await server.Admin.Get($"/api/v1/terminals/{agent.Terminal}")).Locks);
        (await agent.SignIn("03", "918273")).Expect(HttpStatusCode.OK);
    }
}
