using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Terminals.Tampering;

/// <summary>What becomes of a tampered terminal at the server's doors.</summary>
public sealed class TamperRepairTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_report_of_tampering_closes_the_door_and_raises_an_alert()
    {
        using var terminal = await EnrolAsync();
        await terminal.Report(Shop.Raise(TestTerminal.NewId(), Cause.Tamper));

        Assert.Equal("terminal_revoked", (await terminal.Heartbeat()).Code);
        Assert.Equal("terminal_revoked", (await terminal.Renew()).Code);
        var seen = (await server.Admin.Get(At(terminal))).Expect(200).Json;
        Assert.True(seen.GetProperty("revoked").GetBoolean());
        Assert.True(seen.GetProperty("tampered").GetBoolean());
        var alerts = (await server.Admin.Get("/api/v1/alerts?kind=tamper_reported")).Expect(200);
        Assert.Contains(terminal.Id, alerts.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_two_people_let_it_enrol_again_and_the_lock_stays_behind()
    {
        using var terminal = await EnrolAsync();
        await terminal.Report(Shop.Raise(TestTerminal.NewId(), Cause.Tamper));
        var first = await server.Person("risk");
        var second = await server.Person("admin");
        var path = $"{At(terminal)}/tamper-repair";
        var codes = $"{At(terminal)}/enrolment-codes";

        (await server.Admin.Post(codes, new { })).Refuses(409, "tampered");
        (await first.Post(path, new { inspection = "x", reason = "y" })).Refuses(
            422,
            "invalid",
            "keysLoadedAt"
        );
        (await first.Post(path, Bodies.Repair)).Refuses(409, "second_person_required");
        (await first.Post(path, new { })).Refuses(409, "second_person_required");
        (await server.Admin.Post(codes, new { })).Refuses(409, "tampered");
        (await second.Post(path, Bodies.Repair)).Expect(204);
        (await second.Post(path, Bodies.Repair)).Refuses(409, "not_tampered");

        var code = (await server.Admin.Post(codes, new { })).Expect(201).Text("enrolmentCode");
        var old = terminal.Certificate;
        (await terminal.Enrol(code)).Expect(201);
        Assert.Empty(
            (await server.Admin.Get(At(terminal)))
                .Expect(200)
                .Json.GetProperty("locks")
                .EnumerateArray()
        );
        (await terminal.Heartbeat()).Expect(200);
        Assert.Empty(await terminal.Orders());

        // Whoever still has the old folder is nobody any more.
        terminal.Become(old);
        Assert.Equal("epoch_over", (await terminal.Heartbeat()).Code);
    }

    [Fact]
    public async Task What_was_not_tampered_with_needs_no_repair()
    {
        using var terminal = await EnrolAsync();
        (await server.Admin.Post($"{At(terminal)}/tamper-repair", new { })).Refuses(
            409,
            "not_tampered"
        );
    }

    [Fact]
    public async Task A_terminal_that_has_died_is_locked_and_revoked_by_hand()
    {
        using var terminal = await EnrolAsync();
        (
            await server.Admin.Post(
                $"{At(terminal)}/locks",
                new { cause = "tamper", reason = "found open in the backroom" }
            )
        ).Expect(202);
        var seen = (await server.Admin.Get(At(terminal))).Expect(200).Json;
        Assert.True(seen.GetProperty("revoked").GetBoolean());
        Assert.Equal("pending", seen.GetProperty("locks")[0].GetProperty("status").GetString());
        var verdict = await server.Admin.Get($"{At(terminal)}/verdict?capability=card_payment");
        Assert.False(verdict.Expect(200).Json.GetProperty("allow").GetBoolean());
    }

    [Fact]
    public async Task A_terminal_that_is_there_takes_the_lock_before_it_loses_its_certificate()
    {
        using var terminal = await EnrolAsync();
        (await terminal.Heartbeat()).Expect(200);
        (
            await server.Admin.Post(
                $"{At(terminal)}/locks",
                new { cause = "tamper", reason = "seen on camera" }
            )
        ).Expect(202);
        await terminal.ApplyAll();
        Assert.Equal("terminal_revoked", (await terminal.Heartbeat()).Code);
        var seen = (await server.Admin.Get(At(terminal))).Expect(200).Json;
        Assert.Equal("confirmed", seen.GetProperty("locks")[0].GetProperty("status").GetString());
    }

    private static string At(DoorTerminal terminal) => $"/api/v1/terminals/{terminal.Id}";

    private async Task<DoorTerminal> EnrolAsync() =>
        await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));
}
