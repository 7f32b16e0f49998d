using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Tests.Isolation;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>
/// R17: the program's own endpoint table knows every route that can release. Not by what somebody wrote down of a route, but by what its compiled
/// code can come to: a new one without a guard fails here.
/// </summary>
public sealed class ReleasingRoutesTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public void Every_route_that_can_release_has_a_guard_and_every_guard_a_route()
    {
        var found = Routes()
            .Select(r => (r.Route, Commands: Opened(r.Handler)))
            .Where(r => r.Commands.Length > 0)
            .Select(r => $"{r.Route}: {r.Commands}");
        Assert.Equal(
            Guards.All.Select(g => $"{g.Route}: {g.Commands}").Order(StringComparer.Ordinal),
            found.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void What_releases_by_itself_later_is_set_going_by_an_act_that_is_guarded() =>
        Assert.Equal(
            Guards.Timers.Select(g => $"{g.Route}: {g.Commands}").Order(StringComparer.Ordinal),
            typeof(ITimerHandler)
                .Assembly.GetTypes()
                .Where(t => t.IsClass && t.IsAssignableTo(typeof(ITimerHandler)))
                .Select(t => (t.Name, Commands: Opened(t.GetMethod(nameof(ITimerHandler.Fire))!)))
                .Where(t => t.Commands.Length > 0)
                .Select(t => $"{t.Name}: {t.Commands}")
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_command_of_a_terminal_is_known_to_open_or_not_to() =>
        Assert.Equal(
            typeof(ITerminalCommand)
                .Assembly.GetTypes()
                .Where(t => t.IsClass && t.IsAssignableTo(typeof(ITerminalCommand)))
                .Select(t => t.Name)
                .Order(StringComparer.Ordinal),
            Guards.Opening.Concat(Guards.Harmless).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Whoever_comes_to_one_has_shown_who_they_are()
    {
        foreach (var route in Guards.All.Select(g => g.Route))
        {
            var metadata = Endpoints().Single(e => NamesOf(e).Contains(route)).Metadata;
            var asksRight = metadata.OfType<RightRequirement>().Any(r => r.Right != Right.Look);
            var asksCertificate = metadata.OfType<DoorMetadata>().Single().Door == Door.Terminals;
            // A bank is no person: its signature, made for this one request, is looked at by the handler (BankRouteTests).
            var asksSignature = route.StartsWith("POST /bank/v1/{bank}/", StringComparison.Ordinal);
            Assert.True(asksRight || asksCertificate || asksSignature, route);
        }
    }

    /// <summary>The walk finds what it is to find: a handler that calls through a delegate, a state machine and a helper.</summary>
    [Fact]
    public void A_route_that_nobody_guards_is_found()
    {
        var decision = Routes().Single(r => r.Route == "POST /api/v1/cases/{id}/decision");
        Assert.Equal("OrderPasscodeReset, OrderRelease", Opened(decision.Handler));
        var list = Routes().Single(r => r.Route == "GET /api/v1/cases");
        Assert.Equal("", Opened(list.Handler));
    }

    private static string Opened(MethodBase handler)
    {
        var made = CodeWalk
            .Made(handler)
            .Where(t => t.IsAssignableTo(typeof(ITerminalCommand)))
            .Select(t => t.Name);
        return string.Join(
            ", ",
            Guards.Opening.Intersect(made, StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );
    }

    private IEnumerable<(string Route, MethodBase Handler)> Routes() =>
        Endpoints()
            .SelectMany(e =>
                e.Metadata.GetMetadata<MethodInfo>() is { } handler
                    ? NamesOf(e).Select(name => (name, (MethodBase)handler))
                    : []
            );

    private static IEnumerable<string> NamesOf(RouteEndpoint endpoint) =>
        endpoint
            .Metadata.GetMetadata<IHttpMethodMetadata>()!
            .HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}");

    private IEnumerable<RouteEndpoint> Endpoints() =>
        server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}
