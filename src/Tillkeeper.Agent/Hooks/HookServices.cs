using Tillkeeper.Agent.Device;

namespace Tillkeeper.Agent.Hooks;

internal static class HookServices
{
    public static void AddHooks(this IServiceCollection services)
    {
        services.AddSingleton<HookFolder>();
        services.AddSingleton<ToldLocks>();
        services.AddSingleton<LockNews>();
        services.AddSingleton<ITillObserver>(s => s.GetRequiredService<LockNews>());
        services.AddSingleton<HookRunner>();
    }
}
