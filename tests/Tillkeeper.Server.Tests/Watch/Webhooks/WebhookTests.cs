using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Cases;
using Tillkeeper.Server.Tests.Running;
using Shop = Tillkeeper.Server.Tests.Running.Shop;

namespace Tillkeeper.Server.Tests.Watch.Webhooks;

/// <summary>What is sent, to whom, how it is signed, and in which order.</summary>
public sealed class WebhookTests(WebhookServer fixture) : IClassFixture<WebhookServer>
{
    private readonly RunningServer server = fixture.Server;

    [Fact]
    public async Task What_happens_arrives_as_a_signed_cloud_event_without_anything_personal()
    {
        await using var world = await WebhookWorld.OpenAsync(server);
        var (_, secret) = await world.SubscribeAsync();
        var lockId = TestTerminal.NewId();
        await world.Terminal.Report(Shop.Raise(lockId, Cause.WrongPassword, "operator-1"));
        var letter = Assert.Single(await world.Receiver.WaitFor(1));

        Assert.Equal("application/cloudevents+json; charset=utf-8", letter.ContentType);
        var json = letter.Json;
        string Text(string name) => json.GetProperty(name).GetString()!;
        Assert.Equal("1.0", Text("specversion"));
        Assert.Equal("tillkeeper.lock.begun", letter.Type);
        Assert.Equal($"terminal/{world.Terminal.Id}", letter.Subject);
        Assert.Equal(letter.Id, Text("id"));
        Assert.Equal("/tillkeeper", Text("source"));
        Assert.Equal("application/json", Text("datacontenttype"));
        Assert.InRange(
            json.GetProperty("time").GetDateTimeOffset(),
            DateTimeOffset.UtcNow.AddMinutes(-1),
            DateTimeOffset.UtcNow.AddMinutes(1)
        );
        var data = json.GetProperty("data");
        Assert.Equal(lockId, data.GetProperty("lockId").GetString());
        Assert.Equal("E01", data.GetProperty("code").GetString());
        Assert.Equal("operator", data.GetProperty("subject").GetString());
        Assert.DoesNotContain("operator-1", letter.Body, StringComparison.Ordinal);
        Assert.Equal(SignatureOf(letter, secret), letter.Signature);
    }

    [Fact]
    public async Task Only_what_was_asked_for_and_only_from_there_is_sent()
    {
        await using var world = await WebhookWorld.OpenAsync(server);
        await using var elsewhere = await WebhookWorld.OpenAsync(server);
        await world.SubscribeAsync(null, "lock.begun");
        await elsewhere.LockAndEndAsync();
        await world.LockAndEndAsync();
        await world.LockAndEndAsync();
        var taken = await world.Receiver.WaitFor(2);
        Assert.All(taken, letter => Assert.Equal($"terminal/{world.Terminal.Id}", letter.Subject));
        Assert.All(taken, letter => Assert.Equal("tillkeeper.lock.begun", letter.Type));
    }

    [Fact]
    public async Task A_receiver_that_fails_and_hangs_gets_everything_in_order_for_each_terminal()
    {
        await using var world = await WebhookWorld.OpenAsync(server);
        await world.SubscribeAsync();
        var seen = 0;
        world.Receiver.Answer = async context =>
        {
            var nth = Interlocked.Increment(ref seen);
            if (nth == 3)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted)
                    .ContinueWith(_ => 0, TaskScheduler.Default);
            }
            return nth % 3 == 0 ? 503 : 200;
        };
        using var other = await DoorTerminal.Enrol(
            server,
            await Shop.NewMerchant(server, world.Org)
        );
        for (var i = 0; i < 8; i++)
        {
            await world.LockAndEndAsync();
            await world.LockAndEndAsync(other);
        }
        var taken = await world.Receiver.WaitFor(32);
        Assert.True(world.Receiver.All.Count > 32, "nothing failed, so nothing was shown");
        foreach (var letters in taken.GroupBy(letter => letter.Subject))
        {
            var places = letters
                .Select(l => long.Parse(l.Id.Split('_')[1], CultureInfo.InvariantCulture))
                .ToArray();
            Assert.Equal(16, places.Length);
            Assert.Equal(places.Order(), places);
        }
    }

    [Fact]
    public async Task After_a_rotation_both_secrets_sign_for_a_while()
    {
        await using var world = await WebhookWorld.OpenAsync(server);
        var (id, old) = await world.SubscribeAsync();
        var rotated = await server.Admin.Post($"/api/v1/webhooks/{id}/secret", new { });
        var secret = rotated.Expect(200).Text("secret");
        await world.LockAsync();
        var letter = Assert.Single(await world.Receiver.WaitFor(1));
        Assert.Equal($"{SignatureOf(letter, secret)} {SignatureOf(letter, old)}", letter.Signature);
    }

    [Fact]
    public async Task Neither_the_secret_nor_the_address_beyond_its_host_is_written_anywhere_in_the_clear()
    {
        await using var world = await WebhookWorld.OpenAsync(server);
        var (_, secret) = await world.SubscribeAsync();
        Assert.True(DatabaseText.Contains(server, "webhook.created"));
        Assert.False(DatabaseText.Contains(server, secret["whsec_".Length..]));
        Assert.False(DatabaseText.Contains(server, "s3cret-path"));
    }

    [Fact]
    public async Task A_deleted_one_is_gone_and_hears_nothing_more()
    {
        await using var world = await WebhookWorld.OpenAsync(server);
        var (id, _) = await world.SubscribeAsync();
        var listed = (await server.Admin.Get("/api/v1/webhooks?limit=200")).Expect(200).Json;
        var shown = listed
            .GetProperty("items")
            .EnumerateArray()
            .Single(w => w.GetProperty("id").GetString() == id);
        Assert.Equal(world.Receiver.Url, shown.GetProperty("url").GetString());
        (await server.Admin.Delete($"/api/v1/webhooks/{id}")).Expect(204);
        (await server.Admin.Delete($"/api/v1/webhooks/{id}")).Expect(404);
        (await server.Admin.Get($"/api/v1/webhooks/{id}/dead-letters")).Expect(404);
        await world.LockAsync();
        await using var witness = await Receiver.StartAsync();
        await world.SubscribeAsync(witness.Url);
        await world.LockAsync();
        await witness.WaitFor(1);
        Assert.Empty(world.Receiver.All);
    }

    [Theory]
    [InlineData("ftp://example.com/", "url")]
    [InlineData("not an address", "url")]
    [InlineData("http://example.com/hook", "url")]
    [InlineData("https://user:word@example.com/hook", "url")]
    [InlineData("https://169.254.169.254/latest", "url")]
    [InlineData("https://[fe80::1]/", "url")]
    [InlineData("https://example.com/hook", "events", "locks.*")]
    [InlineData("https://example.com/hook", "events", "")]
    public async Task A_wrong_address_or_name_is_refused(
        string url,
        string field,
        string name = "*"
    )
    {
        var made = await server.Admin.Post(
            "/api/v1/webhooks",
            new { url, events = new[] { name } }
        );
        made.Refuses(422, "invalid", field);
    }

    private static string SignatureOf(Arrived letter, string secret) =>
        "v1,"
        + Convert.ToBase64String(
            HMACSHA256.HashData(
                Convert.FromBase64String(secret["whsec_".Length..]),
                Encoding.UTF8.GetBytes($"{letter.Id}.{letter.Timestamp}.{letter.Body}")
            )
        );
}
