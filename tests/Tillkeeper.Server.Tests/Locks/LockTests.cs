using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Isolation;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Locks;

/// <summary>A person locks one terminal and lets it go again.</summary>
public sealed class LockTests(RunningServer server) : IClassFixture<RunningServer>
{
    private async Task<DoorTerminal> EnrolAsync() =>
        await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));

    private async Task<string> OrderAsync(DoorTerminal terminal, string cause = "remote") =>
        (
            await server.Admin.Post(
                $"/api/v1/terminals/{terminal.Id}/locks",
                new { cause, reason = "test" }
            )
        )
            .Expect(202)
            .Text("lockId");

    private Task<Answer> ReleaseAsync(
        TestPerson person,
        DoorTerminal terminal,
        string lockId,
        string? reason = "seen"
    ) => person.Post($"/api/v1/terminals/{terminal.Id}/locks/{lockId}/release", new { reason });

    private async Task<string[]> StatusesAsync(DoorTerminal terminal)
    {
        var shown = await server.Admin.Get($"/api/v1/terminals/{terminal.Id}");
        return
        [
            .. shown
                .Json.GetProperty("locks")
                .EnumerateArray()
                .Select(l => l.GetProperty("status").GetString()!),
        ];
    }

    [Fact]
    public async Task A_lock_goes_from_pending_to_confirmed_to_releasing_to_gone()
    {
        using var terminal = await EnrolAsync();
        var lockId = await OrderAsync(terminal);
        Assert.Equal(["pending"], await StatusesAsync(terminal));
        await terminal.ApplyAll();
        Assert.Equal(["confirmed"], await StatusesAsync(terminal));
        (await ReleaseAsync(server.Admin, terminal, lockId)).Expect(202);
        Assert.Equal(["releasing"], await StatusesAsync(terminal));
        var order = Assert.Single(await terminal.Orders(1));
        Assert.Equal(
            ("release", lockId, WayOut.ProviderRelease),
            (order.Kind, order.LockId, order.WayOut)
        );
        await terminal.Report(new OrderApplied(2, "release", lockId));
        Assert.Empty(await StatusesAsync(terminal));
    }

    [Fact]
    public async Task A_lock_has_the_same_shape_everywhere_and_the_verdict_follows_it()
    {
        using var terminal = await EnrolAsync();
        var end = DateTimeOffset.UtcNow.AddHours(3);
        var body = new
        {
            cause = "remote",
            scope = new[] { "card_payment", "refund" },
            reason = "chargebacks",
            message = "Call 400-123-456",
            expectedEnd = end,
        };
        var path = $"/api/v1/terminals/{terminal.Id}";
        var lockId = (await server.Admin.Post($"{path}/locks", body)).Expect(202).Text("lockId");
        var shown = (await server.Admin.Get(path)).Json.GetProperty("locks")[0];
        Assert.Equal(lockId, shown.GetProperty("id").GetString());
        Assert.Equal("E09", shown.GetProperty("code").GetString());
        Assert.Equal("remote", shown.GetProperty("cause").GetString());
        Assert.Equal("""{"kind":"terminal"}""", shown.GetProperty("subject").GetRawText());
        Assert.Equal("""["card_payment","refund"]""", shown.GetProperty("scope").GetRawText());
        Assert.Equal("server", shown.GetProperty("owner").GetString());
        Assert.Equal(
            """["offline_code","provider_release"]""",
            shown.GetProperty("waysOut").GetRawText()
        );
        Assert.Equal(
            end.ToUnixTimeMilliseconds(),
            shown.GetProperty("expectedEnd").GetDateTimeOffset().ToUnixTimeMilliseconds()
        );
        Assert.NotEmpty(shown.GetProperty("message").GetString()!);

        foreach (
            var (capability, allow) in new[]
            {
                ("card_payment", false),
                ("refund", false),
                ("qr_payment", true),
                ("sign_in", true),
            }
        )
        {
            var verdict = (
                await server.Admin.Get($"{path}/verdict?capability={capability}")
            ).Expect(200);
            Assert.Equal(allow, verdict.Json.GetProperty("allow").GetBoolean());
            var locks = verdict.Json.GetProperty("locks");
            Assert.Equal(allow ? 0 : 1, locks.GetArrayLength());
            if (!allow)
            {
                // The same lock, without the words that explain it part by part.
                Assert.Equal(
                    shown
                        .EnumerateObject()
                        .Where(p => p.Name != "explanation")
                        .Select(p => p.ToString()),
                    locks[0].EnumerateObject().Select(p => p.ToString())
                );
            }
        }
        foreach (var wrong in new[] { "", "?capability=", "?capability=fly" })
        {
            (await server.Admin.Get($"{path}/verdict{wrong}")).Refuses(
                422,
                "invalid",
                "capability"
            );
        }
    }

    public static TheoryData<string, string> Wrong =>
        new()
        {
            { "{}", "cause" },
            { """{"cause":"wrong_password","reason":"x"}""", "cause" },
            { """{"cause":"Remote","reason":"x"}""", "cause" },
            { """{"cause":"remote"}""", "reason" },
            { """{"cause":"remote","reason":" "}""", "reason" },
            { """{"cause":"remote","reason":"card 4111111111111111"}""", "reason" },
            { """{"cause":"remote","reason":"x","scope":[]}""", "scope" },
            { """{"cause":"remote","reason":"x","scope":["fly"]}""", "scope" },
            { """{"cause":"remote","reason":"x","scope":[null]}""", "scope" },
            {
                """{"cause":"remote","reason":"x","expectedEnd":"2020-01-01T00:00:00Z"}""",
                "expectedEnd"
            },
            { """{"cause":"remote","reason":"x","expectedEnd":"soon"}""", "expectedEnd" },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_named_and_nothing_is_ordered(string body, string field)
    {
        using var terminal = await EnrolAsync();
        foreach (
            var (path, text) in new[]
            {
                ($"/api/v1/terminals/{terminal.Id}/locks", body),
                (
                    "/api/v1/locks",
                    $$"""{"selector":{"terminals":["{{terminal.Id}}"]}{{(body == "{}" ? "" : ",")}}{{body[1..]}}"""
                ),
            }
        )
        {
            using HttpRequestMessage request = new(HttpMethod.Post, path)
            {
                Content = new StringContent(text, System.Text.Encoding.UTF8, "application/json"),
            };
            (await Answer.Of(await server.Admin.Client.SendAsync(request))).Refuses(
                422,
                "invalid",
                field
            );
        }
        Assert.Empty(await terminal.Orders());
    }

    [Fact]
    public async Task What_the_state_forbids_is_told_before_what_is_wrong_with_the_request()
    {
        using var terminal = await EnrolAsync();
        var lockId = await OrderAsync(terminal);
        (await ReleaseAsync(server.Admin, terminal, "0000000000", null)).Refuses(404, "not_found");
        (await ReleaseAsync(server.Admin, terminal, lockId, null)).Refuses(
            422,
            "invalid",
            "reason"
        );
        (await ReleaseAsync(server.Admin, terminal, lockId)).Expect(202);
        (await ReleaseAsync(server.Admin, terminal, lockId, null)).Refuses(
            409,
            "already_releasing"
        );

        await terminal.Report(Shop.Raise(TestTerminal.NewId(), Cause.HardwareFault));
        var shown = (await server.Admin.Get($"/api/v1/terminals/{terminal.Id}")).Json;
        var fault = shown
            .GetProperty("locks")
            .EnumerateArray()
            .Single(l => l.GetProperty("cause").GetString() == "hardware_fault")
            .GetProperty("id")
            .GetString()!;
        (await ReleaseAsync(server.Admin, terminal, fault, null)).Refuses(
            409,
            "way_out_not_available"
        );
    }

    [Fact]
    public async Task Where_two_people_are_needed_the_first_is_recorded_and_the_second_completes_it()
    {
        using var terminal = await EnrolAsync();
        await terminal.Report(Shop.Raise("AAAAAAAAAA", Cause.LocationAnomaly));
        var first = await server.Person("risk");
        var second = await server.Person("admin");
        (await ReleaseAsync(first, terminal, "AAAAAAAAAA", null)).Refuses(422, "invalid", "reason");
        (await ReleaseAsync(first, terminal, "AAAAAAAAAA")).Refuses(409, "second_person_required");
        var before = LogHeads.Of(server);
        (await ReleaseAsync(first, terminal, "AAAAAAAAAA")).Refuses(409, "second_person_required");
        (await ReleaseAsync(first, terminal, "AAAAAAAAAA", null)).Refuses(
            409,
            "second_person_required"
        );
        Assert.Equal(before, LogHeads.Of(server));
        Assert.Equal(["confirmed"], await StatusesAsync(terminal));
        (await ReleaseAsync(second, terminal, "AAAAAAAAAA")).Expect(202);
        Assert.Equal(["releasing"], await StatusesAsync(terminal));
    }

    /// <summary>Invariant 9.</summary>
    [Fact]
    public async Task Nothing_that_anybody_orders_opens_a_tampered_terminal()
    {
        using var terminal = await EnrolAsync();
        await terminal.Report(Shop.Raise("AAAAAAAAAA", Cause.Tamper));
        (await ReleaseAsync(await server.Person("risk"), terminal, "AAAAAAAAAA")).Refuses(
            409,
            "way_out_not_available"
        );
        var orders = await server.Admin.Get($"/api/v1/terminals/{terminal.Id}/orders");
        Assert.Empty(orders.Expect(200).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_revoked_terminal_cannot_be_revoked_again_and_a_reason_is_needed()
    {
        using var terminal = await EnrolAsync();
        var path = $"/api/v1/terminals/{terminal.Id}/revoke";
        (await server.Admin.Post(path, new { })).Refuses(422, "invalid", "reason");
        (await server.Admin.Post(path, new { reason = "stolen" })).Expect(204);
        (await server.Admin.Post(path, new { })).Refuses(409, "already_revoked");
    }
}
