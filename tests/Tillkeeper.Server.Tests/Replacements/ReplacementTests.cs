using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Replacements;

/// <summary>W5: another terminal takes over, and nothing is lost on the way.</summary>
public sealed class ReplacementTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly object Reason = new { reason = "agreed" };

    [Fact]
    public async Task The_new_terminal_takes_over_and_the_old_one_is_told_to_wipe_and_revoked_when_it_does()
    {
        var merchant = await Shop.NewMerchant(server, null);
        using var old = await DoorTerminal.Enrol(server, merchant);
        using var successor = await DoorTerminal.Enrol(server, merchant);
        var tid = await BindAsync(old.Id, merchant);
        var fault = TestTerminal.NewId();
        await old.Report(Shop.Raise(fault, Cause.HardwareFault));
        var remote = await LockAsync(old);
        var opened = await server.Admin.Post(
            "/api/v1/cases",
            Shop.CaseBody(old.Id, fault, "replacement")
        );
        var caseId = opened.Expect(201).Text("id");
        var at = await ProposeAsync(old.Id, successor.Id);
        var (first, second) = (await server.Person("risk"), await server.Person("risk"));
        (await first.Post($"{at}/approval", Reason)).Refuses(409, "registration_not_acknowledged");
        await ShopBindings.Acknowledge(server, "replacements", at.Split('/')[^1]);
        (await first.Post($"{at}/approval", Reason)).Refuses(409, "second_person_required");
        (await first.Post($"{at}/approval", Reason)).Refuses(409, "second_person_required");
        Assert.Equal(old.Id, await BoundAsync(tid));

        (await second.Post($"{at}/approval", Reason)).Expect(204);

        Assert.Equal(successor.Id, await BoundAsync(tid));
        var shown = await ShowAsync(successor.Id);
        Assert.Equal("North", shown.GetProperty("store").GetString());
        Assert.Equal("T1", shown.GetProperty("model").GetString());
        // What was locked about the shop follows; what was the device's stays with it.
        var followed = Assert.Single(shown.GetProperty("locks").EnumerateArray());
        Assert.Equal("remote", followed.GetProperty("cause").GetString());
        Assert.Equal(
            remote,
            followed
                .GetProperty("evidence")
                .GetProperty("facts")
                .GetProperty("followed_from")
                .GetString()
        );
        Assert.Equal(
            "closed",
            (await server.Admin.Get($"/api/v1/cases/{caseId}")).Expect(200).Text("state")
        );
        var gone = await ShowAsync(old.Id);
        Assert.Equal(successor.Id, gone.GetProperty("replacedBy").GetString());
        Assert.Equal(["binding", "remote"], Causes(gone));
        Assert.False(gone.GetProperty("revoked").GetBoolean());
        var orders = await old.Orders(after: 1);
        Assert.Equal([OrderKind.Lock, OrderKind.Wipe], orders.Select(o => o.Kind));

        await old.Report([.. orders.Select(o => new OrderApplied(o.Number, o.Kind, o.LockId))]);

        Assert.Equal("terminal_revoked", (await old.Heartbeat()).Code);
        (await successor.Heartbeat()).Expect(200);
        (await second.Post($"{at}/approval", Reason)).Refuses(409, "change_closed");
    }

    [Fact]
    public async Task A_tampered_or_dead_terminal_is_replaced_without_ever_being_opened()
    {
        var merchant = await Shop.NewMerchant(server, null);
        using var old = await DoorTerminal.Enrol(server, merchant);
        await old.Report(Shop.Raise(TestTerminal.NewId(), Cause.Tamper));
        var at = await ProposeAsync(old.Id, await ShopBindings.Register(server, merchant));
        await ApproveAsync(at);
        var gone = await ShowAsync(old.Id);
        Assert.Equal(["binding"], Causes(gone));
        Assert.False(gone.GetProperty("tampered").GetBoolean());
        Assert.Equal("terminal_revoked", (await old.Heartbeat()).Code);
        var verdict = await server.Admin.Get(
            $"/api/v1/terminals/{old.Id}/verdict?capability=card_payment"
        );
        Assert.False(verdict.Expect(200).Json.GetProperty("allow").GetBoolean());
    }

    [Fact]
    public async Task All_five_fields_of_every_acquirer_are_asked_for_and_must_be_the_merchants()
    {
        var merchant = await Shop.NewMerchant(server, null);
        using var old = await DoorTerminal.Enrol(server, merchant);
        await BindAsync(old.Id, merchant);
        var free = await ShopBindings.Register(server, merchant);
        async Task Refused(string field, object registration) =>
            (
                await server.Admin.Post(
                    "/api/v1/replacements",
                    ShopBindings.ReplacementOf(old.Id, free, registration)
                )
            ).Refuses(422, "invalid", field);

        var whole = JsonSerializer.SerializeToNode(ShopBindings.Registration())!.AsObject();
        foreach (var (field, _) in whole.ToList())
        {
            var without = whole.DeepClone().AsObject();
            without.Remove(field);
            await Refused($"registrations.{field}", without);
        }
        var wrong = whole.DeepClone().AsObject();
        wrong["creditCode"] = "91310000MA1FL1LM2U";
        await Refused("registrations.creditCode", wrong);
        wrong = whole.DeepClone().AsObject();
        wrong["settlementAccount"] = "6222 0213 0711 4567";
        await Refused("registrations.settlementAccount", wrong);
        await Refused("registrations", ShopBindings.Registration("other-acquirer"));
    }

    [Fact]
    public async Task A_terminal_that_is_bound_locked_or_spoken_for_takes_nobodys_place()
    {
        var merchant = await Shop.NewMerchant(server, null);
        using var old = await DoorTerminal.Enrol(server, merchant);
        using var bound = await DoorTerminal.Enrol(server, merchant);
        using var locked = await DoorTerminal.Enrol(server, merchant);
        await BindAsync(bound.Id, merchant);
        await LockAsync(locked);
        async Task<Answer> Try(string successor) =>
            await server.Admin.Post(
                "/api/v1/replacements",
                ShopBindings.ReplacementOf(old.Id, successor)
            );
        (await Try(bound.Id)).Refuses(409, "terminal_bound");
        (await Try(old.Id)).Refuses(409, "terminal_bound");
        (await Try(locked.Id)).Refuses(409, "terminal_not_ready");
        var free = await ShopBindings.Register(server, merchant);
        (await Try(free)).Expect(201);
        (await Try(free)).Refuses(409, "change_exists");
    }

    [Fact]
    public async Task One_that_never_hears_of_it_loses_its_certificate_after_thirty_days()
    {
        FakeTime time = new(DateTimeOffset.UtcNow);
        await using var own = await RunningServer.StartAsync(time);
        var merchant = await Shop.NewMerchant(own, null);
        using var old = await DoorTerminal.Enrol(own, merchant);
        var proposed = await own.Admin.Post(
            "/api/v1/replacements",
            ShopBindings.ReplacementOf(old.Id, await ShopBindings.Register(own, merchant))
        );
        var id = proposed.Expect(201).Text("id");
        await ShopBindings.Acknowledge(own, "replacements", id);
        var risk = await own.Person("risk");
        await risk.Post($"/api/v1/replacements/{id}/approval", Reason);
        (await own.Admin.Post($"/api/v1/replacements/{id}/approval", Reason)).Expect(204);
        var rounds = own.Services.GetServices<IHostedService>().OfType<TimerRounds>().Single();

        time.Now += TimeSpan.FromDays(29);
        await rounds.Round();
        (await old.Heartbeat()).Expect(200);
        time.Now += TimeSpan.FromDays(2);
        await rounds.Round();
        Assert.Equal("terminal_revoked", (await old.Heartbeat()).Code);
    }

    private async Task<string> ProposeAsync(string old, string successor)
    {
        var proposed = await server.Admin.Post(
            "/api/v1/replacements",
            ShopBindings.ReplacementOf(old, successor)
        );
        return $"/api/v1/replacements/{proposed.Expect(201).Text("id")}";
    }

    private async Task ApproveAsync(string at)
    {
        await ShopBindings.Acknowledge(server, "replacements", at.Split('/')[^1]);
        var (first, second) = (await server.Person("risk"), await server.Person("risk"));
        (await first.Post($"{at}/approval", Reason)).Refuses(409, "second_person_required");
        (await second.Post($"{at}/approval", Reason)).Expect(204);
    }

    private async Task<string> LockAsync(DoorTerminal terminal)
    {
        var locked = await (await server.Locker()).Post(
            $"/api/v1/terminals/{terminal.Id}/locks",
            new { cause = "remote", reason = "chargebacks" }
        );
        await terminal.ApplyAll();
        return locked.Expect(202).Text("lockId");
    }

    private async Task<string> BindAsync(string terminal, string merchant)
    {
        var serial = (await server.Admin.Get($"/api/v1/terminals/{terminal}")).Text("serial");
        var tid = $"T{serial[^6..]}";
        var profile = new
        {
            merchantId = merchant,
            model = "T9",
            store = "North",
            bindings = new[]
            {
                new
                {
                    acquirer = "unionpay",
                    mid = "M1",
                    tid,
                },
            },
        };
        (await server.Admin.PutJson($"/api/v1/terminals/by-serial/{serial}", profile)).Expect(200);
        return tid;
    }

    private async Task<string?> BoundAsync(string tid)
    {
        foreach (
            var terminal in (await server.Admin.Get("/api/v1/terminals?limit=200"))
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray()
                .Select(t => t.GetProperty("id").GetString()!)
        )
        {
            if (
                (await ShowAsync(terminal))
                    .GetProperty("bindings")
                    .GetRawText()
                    .Contains(tid, StringComparison.Ordinal)
            )
            {
                return terminal;
            }
        }
        return null;
    }

    private async Task<JsonElement> ShowAsync(string terminal) =>
        (await server.Admin.Get($"/api/v1/terminals/{terminal}")).Expect(200).Json;

    private static string[] Causes(JsonElement shown) =>
        [
            .. shown
                .GetProperty("locks")
                .EnumerateArray()
                .Select(l => l.GetProperty("cause").GetString()!)
                .Order(StringComparer.Ordinal),
        ];
}
