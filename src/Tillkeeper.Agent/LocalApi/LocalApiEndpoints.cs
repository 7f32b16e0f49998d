using Tillkeeper.Agent.Codes;
using Tillkeeper.Agent.Ledger;
using Tillkeeper.Agent.NetworkCheck;
using Tillkeeper.Agent.OpenLinks;
using Tillkeeper.Agent.Orders;
using Tillkeeper.Agent.Sensors.Hardware;
using Tillkeeper.Agent.Sensors.Network;
using Tillkeeper.Agent.Sensors.Tamper;
using Tillkeeper.Agent.SignIn;
using Tillkeeper.Agent.Transactions;
using Tillkeeper.Core;

namespace Tillkeeper.Agent.LocalApi;

/// <summary>The local API, each part mapped by the folder that it belongs to.</summary>
internal static class LocalApiEndpoints
{
    public static void MapLocalApi(this IEndpointRouteBuilder app)
    {
        var local = app.MapGroup("/local/v1");
        local.MapStatus();
        // What somebody at the till does, or the payment program for them.
        var till = local.MapGroup("").WithMetadata(new TouchesAttribute());
        till.MapSignIn();
        till.MapOperators();
        till.MapTransactions();
        till.MapCodes();
        till.MapOpenLinks();
        till.MapOrders();
        till.MapLedger();
        till.MapNetworkCheck();
        local.MapParts();
        local.MapTamper();
        local.MapEnvironment();
        local.MapFallback(() => Problems.Of(Refusal.NotFound("resource")));
    }
}
