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
    Wiping wiping,
    Readiness readiness,
    ProgramEnd end,
    ILogger<AgentService> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (wiping.IsReplaced())
            {
                readiness.Replace();
                return;
            }
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
            await LiveAsync(stoppingToken);
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

    /// <summary>Everything that an enrolled terminal does, until it is told to stop or another one has its place.</summary>
    private async Task LiveAsync(CancellationToken stop)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var work = Task.WhenAll(
            services.GetRequiredService<Housekeeping>().RunAsync(life.Token),
            services.GetRequiredService<Heartbeat>().RunAsync(life.Token),
            services.GetRequiredService<OrderStream>().RunAsync(life.Token),
            services.GetRequiredService<Uplink>().RunAsync(life.Token),
            services.GetRequiredService<Renewal>().RunAsync(life.Token),
            services.GetRequiredService<NetworkWatch>().RunAsync(life.Token),
            services.GetRequiredService<ContactWatch>().RunAsync(life.Token),
            services.GetRequiredService<HookRunner>().RunAsync(life.Token),
            services.GetRequiredService<PartWatch>().RunAsync(life.Token),
            services.GetRequiredService<UpdateRunner>().RunAsync(life.Token),
            services.GetRequiredService<CarriedOrders>().RunAsync(life.Token)
        );
        var wiped = wiping.RunAsync(life.Token);
        var first = await Task.WhenAny(work, wiped);
        if (first != wiped || !wiped.IsCompletedSuccessfully)
        {
            await life.CancelAsync();
            await first;
            return;
        }
        readiness.Replace();
        await life.CancelAsync();
        try
        {
            await work;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Without an identity there is nothing left to do, until somebody switches it off.
        }
        catch (InvalidOperationException) when (identities.Current is null)
        {
            // Something was under way that needed the identity.
            LogCutShort();
        }
    }

    [LoggerMessage(LogLevel.Information, "The wipe cut something short.")]
    private partial void LogCutShort();

    [LoggerMessage(LogLevel.Information, "Ready: {Identity}.")]
    private partial void LogReady(TerminalIdentity identity);

    [LoggerMessage(LogLevel.Critical, "The agent cannot go on.")]
    private partial void LogFailed(Exception e);
}
