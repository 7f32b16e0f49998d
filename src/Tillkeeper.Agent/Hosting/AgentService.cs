using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Hooks;
using Tillkeeper.Agent.Identity;
using Tillkeeper.Agent.Link;
using Tillkeeper.Agent.Orders;
using Tillkeeper.Agent.Sensors.Hardware;
using Tillkeeper.Agent.Sensors.Network;
using Tillkeeper.Agent.Updates;

namespace Tillkeeper.Agent.Hosting;

/// <summary>The life of the agent: enrol once, open the till, then keep house and keep in touch until told to stop.</summary>
internal sealed partial class AgentService(
    IServiceProvider services,
    IdentityStore identities,
    Readiness readiness,
    ProgramEnd end,
    ILogger<AgentService> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            identities.Load();
            if (
                identities.Current is null
                && !await services.GetRequiredService<Enrolment>().RunAsync(stoppingToken)
            )
            {
                readiness.Refuse();
                return;
            }
            await services.GetRequiredService<Till>().OpenAsync();
            readiness.Open();
            LogReady(identities.Required);
            await Task.WhenAll(
                services.GetRequiredService<Housekeeping>().RunAsync(stoppingToken),
                services.GetRequiredService<Heartbeat>().RunAsync(stoppingToken),
                services.GetRequiredService<OrderStream>().RunAsync(stoppingToken),
                services.GetRequiredService<Uplink>().RunAsync(stoppingToken),
                services.GetRequiredService<Renewal>().RunAsync(stoppingToken),
                services.GetRequiredService<NetworkWatch>().RunAsync(stoppingToken),
                services.GetRequiredService<ContactWatch>().RunAsync(stoppingToken),
                services.GetRequiredService<HookRunner>().RunAsync(stoppingToken),
                services.GetRequiredService<PartWatch>().RunAsync(stoppingToken),
                services.GetRequiredService<UpdateRunner>().RunAsync(stoppingToken),
                services.GetRequiredService<CarriedOrders>().RunAsync(stoppingToken)
            );
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop.
        }
        catch (Exception e)
        {
            // Nothing is allowed without a till: the service manager starts the program anew.
            LogFailed(e);
            end.Fail(ExitCodes.JournalBroken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Ready: {Identity}.")]
    private partial void LogReady(TerminalIdentity identity);

    [LoggerMessage(LogLevel.Critical, "The agent cannot go on.")]
    private partial void LogFailed(Exception e);
}
