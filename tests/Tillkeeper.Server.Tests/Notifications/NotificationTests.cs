using System.Text;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Passkeys;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Runtime;
using static Tillkeeper.Server.Tests.Notifications.NotificationWorld;

namespace Tillkeeper.Server.Tests.Notifications;

/// <summary>Who is told what, over which channel, and what of it is on record.</summary>
public sealed class NotificationTests
{
    [Fact]
    public async Task A_lock_and_its_end_reach_the_phone_on_file_and_nothing_readable_stays_behind()
    {
        await using var world = await NotificationWorld.OpenAsync();
        await world.SettingsAsync("zh");
        string? key = null;
        world.Gateway.Answer = context =>
        {
            key = context.Request.Headers["X-Key"];
            return Task.FromResult(200);
        };
        var lockId = await world.LockAsync();
        var begun = (await world.Gateway.WaitFor(1))[0].Json;
        await world.RecordsWhenAsync(all => all.Any(r => Is(r, "lock_begun", "sent")));
        await world.EndAsync(lockId);
        var ended = (await world.Gateway.WaitFor(2))[1].Json;

        Assert.Equal(Secret, key);
        var phone = begun.GetProperty("to").GetString()!;
        Assert.Equal("01066551234", phone);
        Assert.Contains("E", begun.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("终端", begun.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("已于", ended.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(begun.GetProperty("id").GetString(), ended.GetProperty("id").GetString());

        var records = await world.RecordsWhenAsync(all =>
            all.Length == 2 && all.All(r => r.GetProperty("status").GetString() == "sent")
        );
        Assert.All(
            records,
            r => Assert.Equal($"lock/{lockId}", r.GetProperty("about").GetString())
        );
        Assert.Single(records.Select(r => r.GetProperty("recipient").GetString()).Distinct());
        foreach (var file in Directory.EnumerateFiles(world.Server.Data, "tillkeeper.db*"))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(phone)) < 0, file);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) < 0, file);
        }
        RebuildTests.Compare(
            world.Server,
            "notifications",
            "notification_channels",
            "notification_parties"
        );
    }

    [Fact]
    public async Task What_a_shop_does_without_is_not_sent_and_what_is_owed_cannot_be_done_without()
    {
        await using var world = await NotificationWorld.OpenAsync();
        await world.SettingsAsync(optOut: ["lock_begun"]);
        await world.LockAsync();
        await world.LockAsync(Cause.Tamper);
        var told = Assert.Single(await world.Gateway.WaitFor(1));
        Assert.Contains(
            "Do not use it",
            told.Json.GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(await world.RecordsAsync(), r => Is(r, "lock_begun", "waiting"));
        (
            await world.Server.Admin.PutJson(
                $"/api/v1/merchants/{world.Merchant}/notifications",
                new { optOut = new[] { "tamper_found" } }
            )
        ).Refuses(422, "invalid", "optOut");
    }

    [Fact]
    public async Task Beyond_its_share_of_an_hour_a_shop_gets_one_summary_and_tampering_all_the_same()
    {
        FakeClock clock = new();
        await using var world = await NotificationWorld.OpenAsync(clock, new() { MostAnHour = 3 });
        await world.SettingsAsync();
        for (var i = 0; i < 7; i++)
        {
            await world.LockAsync();
        }
        await world.LockAsync(Cause.Tamper);
        await world.RecordsWhenAsync(all => all.Any(r => Is(r, "tamper_found", "sent")));
        var records = await world.RecordsAsync();
        Assert.Equal(3, records.Count(r => Is(r, "lock_begun", "sent")));
        Assert.Single(records, r => Is(r, "summary", "waiting"));
        clock.Ahead = TimeSpan.FromMinutes(61);
        await world.RecordsWhenAsync(all => all.Any(r => Is(r, "summary", "sent")));
        Assert.Contains(
            "4 more notices",
            world.Gateway.Taken[^1].Json.GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task At_night_only_what_is_urgent_comes_and_what_is_over_by_morning_never_does()
    {
        // 23:00 in Shanghai.
        FakeClock clock = new(new DateTimeOffset(2026, 11, 22, 15, 0, 0, TimeSpan.Zero));
        await using var world = await NotificationWorld.OpenAsync(clock);
        await world.SettingsAsync(quietFrom: "22:00", quietTo: "07:00");
        var over = await world.LockAsync();
        await world.LockAsync();
        using var other = await DoorTerminal.Enrol(world.Server, world.Merchant);
        await world.LockAsync(Cause.Tamper, other);
        await world.Gateway.WaitFor(1);
        await world.RecordsWhenAsync(all =>
            all.Count(r => Is(r, "lock_begun", "waiting")) == 2
            && all.Any(r => Is(r, "tamper_found", "sent"))
        );
        await world.EndAsync(over);
        var records = await world.RecordsWhenAsync(all =>
            all.Any(r => Is(r, "lock_begun", "dropped"))
        );
        var dropped = records.Single(r => Is(r, "lock_begun", "dropped"));
        Assert.Equal("superseded", dropped.GetProperty("why").GetString());
        Assert.DoesNotContain(records, r => r.GetProperty("kind").GetString() == "lock_ended");
        clock.Ahead = TimeSpan.FromHours(8) + TimeSpan.FromMinutes(1);
        Assert.Equal(2, (await world.Gateway.WaitFor(2)).Length);
    }

    [Fact]
    public async Task A_case_is_told_to_the_helpdesk_in_its_group_and_the_decision_to_the_shop()
    {
        await using var world = await NotificationWorld.OpenAsync();
        await world.SettingsAsync();
        await using var group = await Watch.Webhooks.Receiver.StartAsync();
        var asked = 0;
        // As WeCom does: 200, and the first time an error inside.
        group.AnswerBody = () =>
            Interlocked.Increment(ref asked) == 1 ? """{"errcode":45009}""" : """{"errcode":0}""";
        var admin = world.Server.Admin;
        (
            await admin.PutJson(
                "/api/v1/notifications/channels/group",
                new
                {
                    type = "wecom",
                    audiences = new[] { "helpdesk" },
                    url = group.Url,
                }
            )
        ).Expect(204);
        (
            await admin.PutJson(
                "/api/v1/notifications/helpdesk",
                new { language = "en", quietHours = new { from = "00:00", to = "00:00" } }
            )
        ).Expect(204);
        using var tree = await Tree.Plant(world.Server);
        var helper = await world.Server.Person("helpdesk");
        (
            await helper.Post(
                $"/api/v1/cases/{tree.A1.Case}/decision",
                new { decision = "refuse", reason = "The licence cannot be read." }
            )
        ).Expect(200);
        var records = await world.RecordsWhenAsync(all =>
            all.Any(r => Is(r, "case_opened", "sent"))
            && all.Any(r => Is(r, "case_refused", "sent"))
            && all.Any(r => r.GetProperty("attempts").GetInt32() > 1)
        );
        Assert.Contains(records, r => r.GetProperty("attempts").GetInt32() > 1);
        Assert.All(
            records.Where(r => r.GetProperty("party").GetString() == "helpdesk"),
            r => Assert.Equal("", r.GetProperty("recipient").GetString())
        );
        var said = group.Taken[0].Json;
        Assert.Equal("text", said.GetProperty("msgtype").GetString());

        // A shop sees what it was told, and nothing else.
        var keeper = await world.Server.Person("merchant", tree.A1.Merchant);
        var seen = (await keeper.Get("/api/v1/notifications")).Expect(200).Json;
        Assert.All(
            seen.GetProperty("items").EnumerateArray(),
            r => Assert.Equal(tree.A1.Merchant, r.GetProperty("party").GetString())
        );
    }

    [Fact]
    public async Task A_changed_number_is_told_at_the_old_one_and_a_new_passkey_to_the_shop()
    {
        await using var world = await NotificationWorld.OpenAsync();
        await world.SettingsAsync("en", optOut: ["lock_begun"]);
        var owner = await world.Server.Person("merchant", world.Merchant);
        using Authenticator device = new();
        var passkey = await PasskeyTests.Enrol(owner, device);
        var added = (await world.Gateway.WaitFor(1))[0].Json;
        Assert.Contains("Phone", added.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Single(await world.RecordsAsync($"passkey/{passkey}"));

        var file = new
        {
            contact = new { name = "Zhao", phone = "13900000001" },
            reason = "new phone",
        };
        var path = $"/api/v1/merchants/{world.Merchant}/file";
        (await world.Server.Admin.PutJson(path, file)).Expect(204);
        // The same again changes no contact.
        (await world.Server.Admin.PutJson(path, file)).Expect(204);
        var changed = (await world.Gateway.WaitFor(2))[1].Json;
        Assert.Equal("01066551234", changed.GetProperty("to").GetString());
        Assert.Single(await world.RecordsAsync($"merchant/{world.Merchant}"));
    }
}

/// <summary>The machine's clock, set ahead; timers run as they do.</summary>
internal sealed class FakeClock(DateTimeOffset? start = null) : TimeProvider
{
    private readonly TimeSpan offset = (start ?? DateTimeOffset.UtcNow) - DateTimeOffset.UtcNow;

    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + offset + Ahead;
}
