using System.Net;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Codes;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Hooks;
using Tillkeeper.Agent.Identity;
using Tillkeeper.Agent.Journal;
using Tillkeeper.Agent.Ledger;
using Tillkeeper.Agent.Link;
using Tillkeeper.Agent.LocalApi;
using Tillkeeper.Agent.NetworkCheck;
using Tillkeeper.Agent.OpenLinks;
using Tillkeeper.Agent.Orders;
using Tillkeeper.Agent.Screen;
using Tillkeeper.Agent.Sensors.Hardware;
using Tillkeeper.Agent.Sensors.Network;
using Tillkeeper.Agent.SignIn;
using Tillkeeper.Agent.Transactions;
using Tillkeeper.Agent.Updates;

namespace Tillkeeper.Agent.Hosting;

/// <summary>The composition root: everything the agent is made of.</summary>
internal static class AgentHost
{
    private const long MostBodyBytes = 16 * 1024;
    private const int MostConnections = 2048;
    private static readonly TimeSpan LongestHeaders = TimeSpan.FromSeconds(10);

    /// <summary>Builds the agent; nothing runs yet. The folder is held by the caller.</summary>
    /// <param name="replace">Puts another clock or disk in the place of the machine's: tests do.</param>
    public static WebApplication Build(
        AgentOptions options,
        DataFolder folder,
        Action<IServiceCollection>? replace = null
    )
    {
        // Empty: no settings file and no environment variable can open another door.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        AddLogging(builder.Logging);
        AddLocalDoor(builder, options.Listen);
        var services = builder.Services;
        services.AddSingleton(options).AddSingleton(folder);
        services.AddSingleton<IMachineClock, LinuxClock>().AddSingleton<IDisk, RealDisk>();
        AddTill(services);
        AddLink(services);
        services.AddHooks();
        services.AddHardware();
        services.AddUpdates();
        services.AddNetworkSensors();
        services.AddHostedService<AgentService>();
        replace?.Invoke(services);

        var app = builder.Build();
        app.UseMiddleware<LocalErrors>();
        app.Use(LoopbackGuard.InvokeAsync);
        app.Use(app.Services.GetRequiredService<Readiness>().InvokeAsync);
        app.Use(TouchAsync);
        app.MapLocalApi();
        app.MapScreen();
        return app;
    }

    private static void AddTill(IServiceCollection services)
    {
        services.AddSingleton<DeviceClock>();
        services.AddSingleton<ProgramEnd>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<IdentityStore>();
        services.AddSingleton<Enrolment>();
        services.AddSingleton<Wiping>();
        services.AddSingleton<TillMemory>();
        services.AddSingleton<Till>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<ITillObserver>(s => s.GetRequiredService<Sessions>());
        services.AddSingleton<ITillObserver>(s => s.GetRequiredService<Wake>());
        services.AddSingleton<Activity>();
        services.AddSingleton<AwayWatch>();
        services.AddSingleton<PasscodeGate>();
        services.AddSingleton<CountedAttempts>();
        services.AddSingleton<Passcodes>();
        services.AddSingleton<CodeDesk>();
        services.AddSingleton<LinkDesk>();
        services.AddSingleton<OpenTransactions>();
        services.AddSingleton<Verdicts>();
        services.AddSingleton<OrderKeys>();
        services.AddSingleton<OrderInbox>();
        services.AddSingleton<CarriedOrders>();
        services.AddSingleton<LockViews>();
        services.AddSingleton<LedgerDesk>();
        services.AddSingleton<NetworkChecks>();
        services.AddSingleton<NetworkAdvice>();
        services.AddSingleton<Housekeeping>();
    }

    private static void AddLink(IServiceCollection services)
    {
        services.AddSingleton<ServerClient>();
        services.AddSingleton<LinkState>();
        services.AddSingleton<Wake>();
        services.AddSingleton<BeatNow>();
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<OrderStream>();
        services.AddSingleton<Uplink>();
        services.AddSingleton<Renewal>();
    }

    private static void AddLocalDoor(WebApplicationBuilder builder, IPEndPoint listen)
    {
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = LongestHeaders;
            kestrel.Listen(listen);
        });
        builder.Services.AddRoutingCore();
    }

    /// <summary>Standard output is for programs that start the agent; what it has to tell people goes to standard error.</summary>
    private static void AddLogging(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o =>
            o.LogToStandardErrorThreshold = LogLevel.Trace
        );
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
    }

    /// <summary>
    /// Whoever does something at the till is there. Whoever only looks may be a screen that nobody stands at, and what programs of the
    /// machine report by themselves says nothing of people.
    /// </summary>
    private static Task TouchAsync(HttpContext context, RequestDelegate next)
    {
        if (
            !HttpMethods.IsGet(context.Request.Method)
            && context.GetEndpoint()?.Metadata.GetMetadata<TouchesAttribute>() is not null
        )
        {
            context.RequestServices.GetRequiredService<Activity>().Touch();
        }
        return next(context);
    }
}
