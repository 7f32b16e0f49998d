using System.Net;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Watch.Webhooks;

namespace Tillkeeper.Server.Tests.Watch.Webhooks;

/// <summary>Where webhooks may go, by the address that is really connected to.</summary>
public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("8.8.8.8", true, true)]
    [InlineData("2606:4700::1111", true, true)]
    [InlineData("127.0.0.1", false, true)]
    [InlineData("::1", false, true)]
    [InlineData("10.1.2.3", false, true)]
    [InlineData("172.31.255.255", false, true)]
    [InlineData("192.168.1.1", false, true)]
    [InlineData("100.64.0.1", false, true)]
    [InlineData("fd12::1", false, true)]
    [InlineData("::ffff:10.1.2.3", false, true)]
    [InlineData("::ffff:169.254.169.254", false, false)]
    [InlineData("169.254.169.254", false, false)]
    [InlineData("100.100.100.200", false, false)]
    [InlineData("fd00:ec2::254", false, false)]
    [InlineData("fe80::1", false, false)]
    [InlineData("0.0.0.0", false, false)]
    [InlineData("::", false, false)]
    [InlineData("224.0.0.1", false, false)]
    [InlineData("255.255.255.255", false, false)]
    [InlineData("64:ff9b::a9fe:a9fe", false, false)]
    [InlineData("2002:7f00:1::1", false, false)]
    public void Private_addresses_need_leave_and_some_are_never_reached(
        string address,
        bool byDefault,
        bool withLeave
    )
    {
        Assert.Equal(byDefault, new AddressGuard(false).Allows(IPAddress.Parse(address)));
        Assert.Equal(withLeave, new AddressGuard(true).Allows(IPAddress.Parse(address)));
    }

    [Fact]
    public async Task A_name_that_leads_to_the_machine_itself_is_found_out_when_it_is_connected_to()
    {
        await using var server = await RunningServer.StartAsync(options: o =>
            o with
            {
                Webhooks = new WebhookPacing { MostAttempts = 1 },
            }
        );
        await using var receiver = await Receiver.StartAsync();
        var made = await server.Admin.Post(
            "/api/v1/webhooks",
            new { url = $"https://localhost:{receiver.Port}/", events = new[] { "alert.*" } }
        );
        var id = made.Expect(201).Text("id");
        await server.Person("risk");
        for (var i = 0; i < 400; i++)
        {
            var dead = await server.Admin.Get($"/api/v1/webhooks/{id}/dead-letters");
            if (dead.Json.GetProperty("items") is var items && items.GetArrayLength() > 0)
            {
                Assert.Contains(
                    "no address that webhooks may go to",
                    items[0].GetProperty("problem").GetString()
                );
                return;
            }
            await Task.Delay(25);
        }
        Assert.Fail("It was never given up.");
    }
}
