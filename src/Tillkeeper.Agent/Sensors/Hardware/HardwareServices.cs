using Tillkeeper.Agent.Sensors.Tamper;

namespace Tillkeeper.Agent.Sensors.Hardware;

internal static class HardwareServices
{
    public static void AddHardware(this IServiceCollection services)
    {
        services.AddSingleton<SysTree>();
        services.AddSingleton<CommandProbe>();
        services.AddSingleton<Probes>();
        services.AddSingleton<TamperDesk>();
        services.AddSingleton<PartWatch>();
    }
}
