using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Agent.Sensors.Network;
using Tillkeeper.Agent.SignIn;
using Tillkeeper.Agent.Tests.World;

namespace Tillkeeper.Agent.Tests.Sensors.Network;

/// <summary><c>POST /local/v1/environment</c>, and what becomes of it.</summary>
public sealed class EnvironmentReportTests
{
    [Fact]
    public async Task What_the_vendors_program_reports_is_told_until_it_is_an_hour_old()
    {
        await using var terminal = await TestTerminal.StartAsync();
        var surroundings = terminal.Services.GetRequiredService<Surroundings>();
        await Eventually.TrueAsync(() => Task.FromResult(terminal.Trusts), "it hears the time");

        await terminal.ExpectAsync(
            HttpStatusCode.NoContent,
            terminal.PostAsync(
                "environment",
                """{"ssid":"Shop","bssid":"02:1B:AA:00:00:01","iccid":"8986001","cellId":"460-00-1-2","position":{"lat":31.2304,"lon":121.4737,"accuracyM":20}}"""
            )
        );

        var told = surroundings.Report;
        Assert.Equal(
            ("Shop", "02:1b:aa:00:00:01", "8986001", "460-00-1-2"),
            (told.Ssid, told.Bssid, told.Iccid, told.CellId)
        );
        Assert.Equal(31.2304, told.Position!.Lat);

        terminal.Clock.Advance(TimeSpan.FromMinutes(30));
        var later = surroundings.Report.Position!;
        Assert.Equal(told.Position.At, later.At, TimeSpan.FromSeconds(10));

        terminal.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Null(surroundings.Report.Ssid);
        Assert.Null(surroundings.Report.Position);
    }

    [Fact]
    public async Task A_report_takes_the_place_of_the_one_before()
    {
        await using var terminal = await TestTerminal.StartAsync();
        await terminal.PostAsync("environment", """{"ssid":"Shop","iccid":"8986001"}""");

        await terminal.PostAsync("environment", """{"ssid":"Other"}""");

        var told = terminal.Services.GetRequiredService<Surroundings>().Report;
        Assert.Equal(("Other", null), (told.Ssid, told.Iccid));
    }

    [Theory]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("""{"ssid":7}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"ssid":""}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData(
        """{"position":{"lat":91,"lon":0,"accuracyM":1}}""",
        HttpStatusCode.UnprocessableEntity
    )]
    [InlineData("""{"position":{"lat":1,"lon":0}}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData(
        """{"position":{"lat":1,"lon":0,"accuracyM":-1}}""",
        HttpStatusCode.UnprocessableEntity
    )]
    public async Task What_cannot_be_is_refused(string body, HttpStatusCode expected)
    {
        await using var terminal = await TestTerminal.StartAsync();

        await terminal.ExpectAsync(expected, terminal.PostAsync("environment", body));
    }

    [Fact]
    public async Task A_program_that_reports_does_not_keep_a_till_open_that_nobody_stands_at()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await terminal.SignInAsync("anna", "739402");
        var activity = terminal.Services.GetRequiredService<Activity>();
        terminal.Clock.Advance(TimeSpan.FromMinutes(16));

        await terminal.PostAsync("environment", """{"ssid":"Shop"}""");

        Assert.True(activity.Idle >= TimeSpan.FromMinutes(16));
        await terminal.PostAsync("away");
        Assert.True(activity.Idle < TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("http://user:secret@proxy.example:3128", "proxy.example:3128")]
    [InlineData("proxy.example:8080", "proxy.example:8080")]
    [InlineData("socks5://10.0.0.1:1080/", "10.0.0.1:1080")]
    [InlineData("", null)]
    [InlineData("not a proxy", null)]
    public void Of_a_proxy_only_host_and_port_are_told(string variable, string? told) =>
        Assert.Equal(told, Surroundings.FindProxy(n => n == "HTTPS_PROXY" ? variable : null));
}
