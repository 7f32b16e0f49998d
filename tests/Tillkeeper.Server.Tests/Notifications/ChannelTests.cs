using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Server.Notifications.Sending;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Runtime;
using static Tillkeeper.Server.Tests.Notifications.NotificationWorld;

namespace Tillkeeper.Server.Tests.Notifications;

/// <summary>Mail servers and gateways: those that work, fail, hang and lead elsewhere.</summary>
public sealed class ChannelTests
{
    private const string Channels = "/api/v1/notifications/channels";

    [Fact]
    public async Task A_letter_reaches_the_shop_and_a_changed_address_is_told_at_the_old_one_too()
    {
        await using var mail = new MailServer();
        await using var world = await NotificationWorld.OpenAsync(withGateway: false);
        (
            await world.Server.Admin.PutJson(
                $"{Channels}/mail",
                new
                {
                    type = "smtp",
                    audiences = new[] { "merchant", "agent" },
                    host = "127.0.0.1",
                    port = mail.Port,
                    security = "none",
                    from = "till@example.com",
                    user = "till",
                    password = Secret,
                }
            )
        ).Expect(204);
        await world.SettingsAsync("en", "old@example.com");
        await world.LockAsync();
        var letter = Assert.Single(await mail.WaitFor(1));
        Assert.Equal("old@example.com", letter.To);
        Assert.Equal("till@example.com", letter.From);
        Assert.Equal($"till:{Secret}", letter.User);
        Assert.Contains(letter.Message.Subject!, letter.Text, StringComparison.Ordinal);
        Assert.Equal("auto-generated", letter.Message.Headers["Auto-Submitted"]);

        await world.SettingsAsync("en", "new@example.com");
        var told = await mail.WaitFor(2);
        Assert.Equal("old@example.com", told[1].To);
        Assert.Contains("was changed", told[1].Text, StringComparison.Ordinal);
        var shown = await world.Server.Admin.Get(
            $"/api/v1/merchants/{world.Merchant}/notifications"
        );
        Assert.Equal("n***@example.com", shown.Expect(200).Text("email"));
    }

    [Fact]
    public async Task A_mail_server_that_refuses_for_good_is_not_asked_again_and_the_provider_is_alarmed()
    {
        await using var mail = new MailServer { Answer = _ => "550 no such user shop@example.com" };
        await using var world = await NotificationWorld.OpenAsync(withGateway: false);
        (
            await world.Server.Admin.PutJson(
                $"{Channels}/mail",
                new
                {
                    type = "smtp",
                    audiences = new[] { "merchant" },
                    host = "127.0.0.1",
                    port = mail.Port,
                    security = "none",
                    from = "till@example.com",
                }
            )
        ).Expect(204);
        await world.SettingsAsync("en", "shop@example.com");
        await world.LockAsync();
        var records = await world.RecordsWhenAsync(all =>
            all.Any(r => Is(r, "lock_begun", "dropped"))
        );
        Assert.Equal(1, Assert.Single(records).GetProperty("attempts").GetInt32());
        var alerts = await world.Server.Admin.Get("/api/v1/alerts?kind=notifications_failing");
        Assert.Contains("550", alerts.Expect(200).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("shop@", alerts.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_lost_while_the_gateway_is_down_and_the_server_starts_again()
    {
        await using var world = await NotificationWorld.OpenAsync(
            pacing: new() { MostAttempts = 1000 }
        );
        await world.SettingsAsync();
        await world.Gateway.CloseAsync();
        for (var i = 0; i < 3; i++)
        {
            await world.LockAsync();
        }
        await world.RecordsWhenAsync(all =>
            all.Length == 3
            && all.All(r => r.TryGetProperty("problem", out var p) && p.GetString() != null)
        );
        await world.Server.RestartAsync();
        await world.Gateway.OpenAsync();
        var taken = await world.Gateway.WaitFor(3);
        Assert.Equal(3, taken.Select(t => t.Json.GetProperty("id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task A_code_reaches_the_phone_on_file_at_once_and_is_never_sent_after_its_time()
    {
        await using var world = await NotificationWorld.OpenAsync();
        var sender = world.Server.Services.GetRequiredService<CodeSender>();
        OneTimeCode code = new(
            world.Merchant,
            "lock/1",
            "48151623",
            DateTimeOffset.UtcNow.AddMinutes(5)
        );
        Assert.Null(await sender.SendNow(code, TestContext.Current.CancellationToken));
        var told = Assert.Single(world.Gateway.Taken).Json;
        Assert.Contains("48151623", told.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains(await world.RecordsAsync(), r => Is(r, "one_time_code", "sent"));
        foreach (var file in Directory.EnumerateFiles(world.Server.Data, "tillkeeper.db*"))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            Assert.True(bytes.AsSpan().IndexOf("48151623"u8) < 0, file);
        }

        world.Gateway.Answer = _ => Task.FromResult(500);
        var refused = await sender.SendNow(code, TestContext.Current.CancellationToken);
        Assert.Equal("not_sent", refused?.Code);
        Assert.Equal(4, world.Gateway.All.Count);
        var late = code with { ExpiresAt = DateTimeOffset.UtcNow.AddSeconds(-1) };
        Assert.NotNull(await sender.SendNow(late, TestContext.Current.CancellationToken));
        await Task.Delay(300);
        Assert.Equal(4, world.Gateway.All.Count);
        RebuildTests.Compare(world.Server, "notifications");
    }

    [Fact]
    public async Task A_channel_is_tested_by_sending_and_its_secrets_are_shown_to_nobody()
    {
        await using var world = await NotificationWorld.OpenAsync();
        var admin = world.Server.Admin;
        var sent = await admin.Post(
            $"{Channels}/sms/test",
            new { to = "13900000000", language = "en" }
        );
        sent.Expect(200);
        var told = Assert.Single(world.Gateway.Taken).Json;
        Assert.Equal("13900000000", told.GetProperty("to").GetString());
        var list = (await admin.Get(Channels)).Expect(200);
        Assert.DoesNotContain("s3cret", list.Body, StringComparison.Ordinal);

        world.Gateway.Answer = _ => Task.FromResult(403);
        (await admin.Post($"{Channels}/sms/test", new { to = "13900000000" })).Refuses(
            409,
            "not_sent"
        );
        world.Gateway.Answer = async context =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted)
                .ContinueWith(_ => 0, TaskScheduler.Default);
            return 200;
        };
        var hung = await admin.Post($"{Channels}/sms/test", new { to = "13900000000" });
        Assert.Contains("no answer within", hung.Expect(409).Body, StringComparison.Ordinal);
        (await admin.Delete($"{Channels}/sms")).Expect(204);
        (await admin.Post($"{Channels}/sms/test", new { to = "1" })).Refuses(404, "not_found");
    }

    [Theory]
    [InlineData(
        """{"type":"http","audiences":["merchant"],"url":"https://10.0.0.1/","body":"{\"t\":\"{{text}}\"}"}""",
        "url"
    )]
    [InlineData(
        """{"type":"http","audiences":["merchant"],"url":"http://8.8.8.8/","body":"{\"t\":\"{{text}}\"}"}""",
        "url"
    )]
    [InlineData(
        """{"type":"http","audiences":["merchant"],"url":"https://8.8.8.8/","body":"{\"t\":{{text}}}"}""",
        "body"
    )]
    [InlineData(
        """{"type":"http","audiences":["merchant"],"url":"https://8.8.8.8/","body":"{\"t\":\"{{pin}}\"}"}""",
        "body"
    )]
    [InlineData(
        """{"type":"http","audiences":["merchant"],"url":"https://8.8.8.8/","body":"{\"t\":\"{{text}}\"}","headers":{"Host":"x"}}""",
        "headers"
    )]
    [InlineData(
        """{"type":"wecom","audiences":["merchant"],"url":"https://8.8.8.8/"}""",
        "audiences"
    )]
    [InlineData(
        """{"type":"smtp","audiences":["merchant"],"host":"mail.example.com","security":"none","from":"a@b.cn"}""",
        "host"
    )]
    [InlineData(
        """{"type":"smtp","audiences":["merchant"],"host":"192.168.1.1","from":"a@b.cn"}""",
        "host"
    )]
    [InlineData(
        """{"type":"smtp","audiences":["merchant"],"host":"mail.example.com","from":"A <a@b.cn>, c@d.cn"}""",
        "from"
    )]
    [InlineData(
        """{"type":"smtp","audiences":["shop"],"host":"mail.example.com","from":"a@b.cn"}""",
        "audiences"
    )]
    public void What_leads_inside_or_says_nothing_is_refused(string json, string field)
    {
        var body =
            System.Text.Json.JsonSerializer.Deserialize<Server.Notifications.Channels.ChannelBody>(
                json,
                System.Text.Json.JsonSerializerOptions.Web
            )!;
        var refusal = body.Check(new Server.Watch.Webhooks.AddressGuard(false), out _);
        Assert.Equal(field, refusal?.Field);
    }
}
