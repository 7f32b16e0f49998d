using System.Text.Json;
using Tillkeeper.Server.Tests.Environments;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Investigations;

/// <summary>W8: what happened, why, who changes what until when; and how it counts in the month's report.</summary>
public sealed class InvestigationTests
{
    private const string All = "/api/v1/investigations";

    [Fact]
    public async Task A_cause_is_corrected_an_action_is_owed_and_told_when_late_and_a_wrong_lock_counts_as_one()
    {
        await using var stand = await Stand.Open();
        var risk = await stand.Server.Person("risk");
        var lockId = await Locked(stand);
        var id = await Opened(risk, stand, lockId);

        (
            await risk.PutJson(
                $"{All}/{id}/findings",
                new { causeCorrected = "hardware_fault", factors = new[] { "a loose cable" } }
            )
        ).Expect(204);
        var due = stand.Time.Now.AddDays(2);
        (
            await risk.Post(
                $"{All}/{id}/actions",
                new
                {
                    what = "Replace the cables of the lot.",
                    owner = risk.Id,
                    due,
                }
            )
        ).Expect(201);
        stand.Time.Now += TimeSpan.FromDays(3);
        await stand.RunTimers();
        Assert.Equal(["open"], await Alerts(stand));
        (await risk.Post($"{All}/{id}/actions/1/done", new { })).Expect(204);
        (await risk.Post($"{All}/{id}/actions/1/done", new { })).Refuses(409, "already_done");
        Assert.Equal(["gone"], await Alerts(stand));

        (
            await risk.Post(
                $"{All}/{id}/close",
                new { conclusion = "The wrong cause was blamed.", falseLock = true }
            )
        ).Expect(204);

        var shown = (await risk.Get($"{All}/{id}")).Expect(200).Json;
        Assert.Equal("closed", shown.GetProperty("state").GetString());
        Assert.False(shown.GetProperty("causeConfirmed").GetBoolean());
        Assert.Equal("hardware_fault", shown.GetProperty("cause").GetString());
        Assert.True(shown.GetProperty("actions")[0].GetProperty("overdue").GetBoolean());
        var month = stand
            .Time.Now.ToOffset(TimeSpan.FromHours(8))
            .ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        var report = (await risk.Get($"/api/v1/reports/monthly?month={month}")).Expect(200).Json;
        Assert.Equal(1, report.GetProperty("falseLocks").GetProperty("locks").GetInt64());
    }

    [Fact]
    public async Task It_does_not_end_before_somebody_has_said_what_the_cause_was_nor_go_on_after_its_end()
    {
        await using var stand = await Stand.Open();
        var risk = await stand.Server.Person("risk");
        var id = await Opened(risk, stand, await Locked(stand));
        var close = new { conclusion = "as it was", falseLock = false };
        (await risk.Post($"{All}/{id}/close", close)).Refuses(409, "no_findings");
        (await risk.PutJson($"{All}/{id}/findings", new { causeConfirmed = true })).Expect(204);
        (await risk.Post($"{All}/{id}/close", close)).Expect(204);
        (await risk.Post($"{All}/{id}/close", close)).Refuses(409, "closed");
        (await risk.PutJson($"{All}/{id}/findings", new { causeConfirmed = true })).Refuses(
            409,
            "closed"
        );
    }

    [Fact]
    public async Task What_is_unclear_is_refused_by_name()
    {
        await using var stand = await Stand.Open();
        var risk = await stand.Server.Person("risk");
        var lockId = await Locked(stand);
        var id = await Opened(risk, stand, lockId);
        (await risk.PutJson($"{All}/{id}/findings", new { })).Refuses(
            422,
            "invalid",
            "causeConfirmed"
        );
        (
            await risk.PutJson(
                $"{All}/{id}/findings",
                new { causeConfirmed = true, causeCorrected = "away" }
            )
        ).Refuses(422, "invalid", "causeConfirmed");
        (
            await risk.Post(
                $"{All}/{id}/actions",
                new
                {
                    what = "x",
                    owner = "nobody",
                    due = stand.Time.Now.AddDays(1),
                }
            )
        ).Refuses(422, "invalid", "owner");
        (
            await risk.Post($"{All}/{id}/policies", new { target = "provider", revision = 7 })
        ).Refuses(422, "invalid", "revision");
        (
            await risk.Post(
                All,
                new
                {
                    terminalId = stand.Terminal.Id,
                    lockId = "nothing",
                    summary = "s",
                }
            )
        ).Refuses(404, "not_found");
        (await risk.Post(All, new { summary = "s" })).Refuses(422, "invalid", "locks");
        var keeper = await stand.Server.Person("merchant", stand.Merchant);
        (await keeper.Get($"{All}/{id}")).Refuses(403, "forbidden");
    }

    private static async Task<string> Locked(Stand stand) =>
        (
            await stand.Server.Admin.Post(
                $"{stand.Path}/locks",
                new { cause = "anomaly", reason = "refunds" }
            )
        )
            .Expect(202)
            .Text("lockId");

    private static async Task<string> Opened(TestPerson person, Stand stand, string lockId) => (
            await person.Post(
                All,
                new
                {
                    terminalId = stand.Terminal.Id,
                    lockId,
                    summary = "Why was it locked?",
                }
            )
        ).Expect(201).Text("id");

    private static async Task<string[]> Alerts(Stand stand) =>
        [
            .. (await stand.Server.Admin.Get("/api/v1/alerts"))
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray()
                .Where(a => a.GetProperty("kind").GetString() == "investigation_action_overdue")
                .Select(a => a.GetProperty("state").GetString()!),
        ];
}
