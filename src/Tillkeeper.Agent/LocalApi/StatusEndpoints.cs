using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Hooks;
using Tillkeeper.Agent.Link;
using Tillkeeper.Agent.Orders;
using Tillkeeper.Agent.Sensors.Network;
using Tillkeeper.Agent.SignIn;
using Tillkeeper.Agent.Transactions;
using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.LocalApi;

/// <summary><c>GET /local/v1/status</c> and <c>GET /local/v1/verdict</c>: what the screen and the payment program ask all day.</summary>
internal static class StatusEndpoints
{
    public static void MapStatus(this IEndpointRouteBuilder local)
    {
        local.MapGet("/status", Status);
        local.MapGet("/verdict", GetVerdict);
    }

    private static IResult Status(
        HttpRequest request,
        Till till,
        OrderInbox inbox,
        OpenTransactions transactions,
        Sessions sessions,
        LinkState link,
        LockViews views,
        HookRunner hooks,
        NetworkWatch network,
        DeviceClock clock
    )
    {
        var state = till.State;
        var caller = Callers.Of(request, sessions);
        return TypedResults.Json(
            new StatusView
            {
                TerminalId = state.Terminal,
                Online = link.Online,
                ServerOnline = link.Online,
                SetUp = state.IsSetUp,
                InTransaction = transactions.Any,
                SignedIn =
                    caller is not null && state.Operators.TryGetValue(caller.Operator, out var who)
                        ? new SignedInView(who.Name, caller.Role)
                        : null,
                SupportPhone = state.Policy.Support.Phone,
                Now = clock.Now.Shown,
                Locks = views.Of(state.ActiveLocks.Concat(inbox.Pending), Languages.Of(request)),
                Warnings = WarningView.Of(state, link.Warnings, Languages.Of(request)),
                FailingHooks = hooks.Failing,
                Network = network.Measures,
            },
            LocalJson.Default.StatusView
        );
    }

    private static IResult GetVerdict(HttpRequest request, Verdicts verdicts, LockViews views)
    {
        var asked = request.Query["capability"].ToString();
        if (!Words.TryParse<Capability>(asked, out var capability))
        {
            return Problems.Of(UnknownCapability);
        }
        var verdict = verdicts.Now(capability);
        return TypedResults.Json(
            new VerdictView(verdict.Allow, views.Of(verdict.Locks, Languages.Of(request))),
            LocalJson.Default.VerdictView
        );
    }

    /// <summary>What names no capability; says which there are.</summary>
    public static Refusal UnknownCapability { get; } =
        Refusal.Invalid("capability", $"Give one of: {Words.All<Capability>()}.");
}
