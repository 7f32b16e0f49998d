using Tillkeeper.Agent.Hosting;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Agent.Updates;

/// <summary>What this machine can carry out at all; asked when an order takes its turn, so that a refusal is told at once.</summary>
internal sealed class UpdateAbility(AgentOptions options)
{
    /// <summary>Why an update order cannot be carried out here, as a code; null when it can, or the order is another one.</summary>
    public string? CannotCarryOut(Order order)
    {
        if (order.Update is not { } update)
        {
            return null;
        }
        if (options.Updates is null)
        {
            return "no_installer";
        }
        return update.Window is { } window && ZoneOf(window.Zone) is null ? "unknown_zone" : null;
    }

    public static TimeZoneInfo? ZoneOf(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : null;
}

internal static class UpdateServices
{
    public static void AddUpdates(this IServiceCollection services)
    {
        services.AddSingleton<UpdateAbility>();
        services.AddSingleton<ArtifactDownload>();
        services.AddSingleton<UpdateWake>();
        services.AddSingleton<Device.ITillObserver>(s => s.GetRequiredService<UpdateWake>());
        services.AddSingleton<UpdateCommands>();
        services.AddSingleton<UpdateForecast>();
        services.AddSingleton<UpdateRunner>();
    }
}
