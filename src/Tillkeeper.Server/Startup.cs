using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Tillkeeper.Server.Announcements;
using Tillkeeper.Server.Arrears;
using Tillkeeper.Server.Audit;
using Tillkeeper.Server.Banks;
using Tillkeeper.Server.Bindings;
using Tillkeeper.Server.Campaigns;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Complaints;
using Tillkeeper.Server.Console;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Crisis;
using Tillkeeper.Server.Environments;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Instructions;
using Tillkeeper.Server.Investigations;
using Tillkeeper.Server.Ledger;
using Tillkeeper.Server.Locks;
using Tillkeeper.Server.Merchants;
using Tillkeeper.Server.Notifications;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.Overview;
using Tillkeeper.Server.OwnerCodes;
using Tillkeeper.Server.Passkeys;
using Tillkeeper.Server.People;
using Tillkeeper.Server.People.Sessions;
using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Printing;
using Tillkeeper.Server.Repairs;
using Tillkeeper.Server.Reports;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Settlements;
using Tillkeeper.Server.Shops;
using Tillkeeper.Server.Storage;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Terminals.Door;
using Tillkeeper.Server.Terminals.Tampering;
using Tillkeeper.Server.Versions;
using Tillkeeper.Server.Waiting;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server;

/// <summary>The composition root: what the server is made of, top to bottom.</summary>
internal static class Startup
{
    public static int Run(ServerOptions options)
    {
        using var folder = DataFolder.Open(options.Data);
        if (folder is null)
        {
            System.Console.Error.WriteLine(
                $"Another server uses {options.Data}; stop it first, or give this one its own --data."
            );
            return 1;
        }
        var app = Build(options, folder);
        FirstStart.Prepare(app.Services, folder);
        app.Lifetime.ApplicationStarted.Register(() => Announce(app));
        app.Run();
        return Environment.ExitCode;
    }

    /// <param name="time">Another clock than the machine's, for whoever has to see a certificate expire.</param>
    internal static WebApplication Build(
        ServerOptions options,
        DataFolder folder,
        TimeProvider? time = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder(
            // Also in a process that somebody else has started.
            new WebApplicationOptions { ApplicationName = typeof(Startup).Assembly.GetName().Name }
        );
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Kestrel.Configure(kestrel, options));
        builder.Logging.ClearProviders().AddJsonConsole(console => console.UseUtcTimestamp = true);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace
        );
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // Warns at each form that it forbids keeping the page, which the page has forbidden already.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        builder.Services.Configure<HostOptions>(host =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(5)
        );
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json => Json.Configure(json.SerializerOptions));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        AddStorage(builder.Services, options, folder);
        AddSecrets(builder.Services, options, folder);
        AddCapabilities(builder.Services, options);
        AddDoors(builder.Services);
        var app = builder.Build();
        MapAll(app);
        return app;
    }

    private static void AddStorage(
        IServiceCollection services,
        ServerOptions options,
        DataFolder folder
    )
    {
        services.AddSingleton(_ => new Database(folder.Database));
        services.AddSingleton<Tail>();
        services.AddSingleton<States>();
        services.AddSingleton<StreamHistory>();
        services.AddSingleton(s => new Appender(
            s.GetRequiredService<Database>(),
            s.GetRequiredService<Tail>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<Appender>>(),
            // A failed sync is never retried: what the disk holds is known again only after a restart.
            _ => Environment.Exit(70)
        ));
        services.AddSingleton(new Metrics());
        services.AddSingleton(options);
        services.AddSingleton(folder);
    }

    private static void AddSecrets(
        IServiceCollection services,
        ServerOptions options,
        DataFolder folder
    )
    {
        services.AddSingleton<ISealedStore, SealedTable>();
        services.AddSingleton<IKeys>(s =>
            FileMasterKey.LoadOrCreate(
                options.MasterKey ?? folder.MasterKey,
                mayCreate: s.GetRequiredService<ISealedStore>().Names("").Count == 0
            )
        );
        services.AddSingleton<PersonalData>();
        services.AddSingleton(s =>
            CertificateAuthority.LoadOrCreate(
                s.GetRequiredService<ISealedStore>(),
                s.GetRequiredService<IKeys>(),
                s.GetRequiredService<TimeProvider>()
            )
        );
        services.AddSingleton<TerminalCertificateReader>();
        services.AddSingleton(s =>
            CodeKeys.LoadOrCreate(
                s.GetRequiredService<ISealedStore>(),
                s.GetRequiredService<IKeys>()
            )
        );
        services.AddSingleton(s =>
            OrderSigner.LoadOrCreate(
                s.GetRequiredService<ISealedStore>(),
                s.GetRequiredService<IKeys>(),
                s.GetRequiredService<CertificateAuthority>()
            )
        );
        services.AddSingleton(s => new ServerCertificates(
            s.GetRequiredService<CertificateAuthority>(),
            [
                options.People.IdnHost,
                options.Terminals.IdnHost,
                "localhost",
                "127.0.0.1",
                "::1",
                Environment.MachineName,
            ],
            s.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(s => new CheckpointFile(
            folder.Checkpoints,
            s.GetRequiredService<IKeys>()
        ));
    }

    private static void AddCapabilities(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton<Keys>();
        services.AddPeople(options);
        services.AddSingleton<TerminalAccess>();
        services.AddSingleton<TerminalHistory>();
        services.AddSingleton<Presence>();
        services.AddSingleton<OrderBook>();
        services.AddSingleton<ReportedHashes>();
        services.AddLocks();
        services.AddSingleton<OverviewCounts>();
        services.AddSingleton<MinimumVersion>();
        services.AddSingleton<ITimerHandler>(s => s.GetRequiredService<MinimumVersion>());
        services.AddArrears();
        services.AddAudit();
        services.AddCases();
        services.AddInstructions(options);
        services.AddComplaints();
        services.AddInvestigations();
        services.AddReports();
        services.AddSingleton(_ => new PdfPrinter(PdfPrinter.Debian));
        services.AddCampaigns();
        services.AddAnnouncements();
        services.AddPolicies();
        services.AddWatch(options);
        services.AddEnvironments(options);
        services.AddCrises();
        services.AddRepairs(options);
        services.AddBindingChanges();
        services.AddLedger();
        services.AddSettlements();
        services.AddWaiting();
        services.AddBanks();
        services.AddPasskeys(options);
        services.AddNotifications(options);
        services.AddShops();
        services.AddConsole();
        services.AddHostedService<CheckpointWriter>();
        services.AddHostedService<TimerRounds>();
        services.AddHostedService<Retention>();
    }

    private static void AddDoors(IServiceCollection services)
    {
        // Signs the tokens of forms; without this it would write keys into the home folder.
        services.AddDataProtection().SetApplicationName("tillkeeper");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, SealedXmlKeys>();
        services
            .AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(
                ApiKeyAuthentication.SchemeName,
                null
            )
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(
                SessionAuthentication.SchemeName,
                null
            )
            .AddScheme<AuthenticationSchemeOptions, CertificateAuthentication>(
                CertificateAuthentication.SchemeName,
                null
            );
        // Whatever names no right of its own is denied.
        services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(
                new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build()
            );
        services.AddSingleton<IAuthorizationHandler, RightHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ProblemAuthorizationResults>();
        services.AddExceptionHandler<ProblemExceptions>();
        services.AddProblemDetails();
        services.AddLimits();
        services.AddOpenApi();
    }

    private static void MapAll(WebApplication app)
    {
        ApiPipeline.Use(app);
        app.UseExceptionHandler();
        app.UseStatusCodePages(silent =>
            Problems
                .OfStatus(silent.HttpContext.Response.StatusCode)
                .ExecuteAsync(silent.HttpContext)
        );
        app.UseRouting();
        app.UseDoors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseFormGuard();
        app.UseRateLimiter();
        app.UseMiddleware<IdempotencyMiddleware>();
        app.UsePages();

        app.MapHealth();
        app.MapMetrics();
        app.MapKeys();
        app.MapPeople();
        app.MapOrgs();
        app.MapMerchants();
        app.MapArrears();
        app.MapRegistration();
        app.MapTerminals();
        app.MapOrders();
        app.MapLocks();
        app.MapTamperRepair();
        app.MapCases();
        app.MapInstructions();
        app.MapComplaints();
        app.MapInvestigations();
        app.MapReports();
        app.MapOverview();
        app.MapCampaigns();
        app.MapAnnouncements();
        app.MapPolicies();
        app.MapWatch();
        app.MapEnvironments();
        app.MapCrises();
        app.MapRepairs();
        app.MapBindingChanges();
        app.MapLedger();
        app.MapSettlements();
        app.MapWaiting();
        app.MapBanks();
        app.MapPasskeys();
        app.MapOwnerCodes();
        app.MapNotifications();
        app.MapShops();
        app.MapAudit();
        app.MapConsole();

        app.MapEnrolment();
        app.MapOrderStream();
        app.MapUplink();
        app.MapHeartbeat();
    }

    private static void Announce(WebApplication app)
    {
        var urls = app.Urls.ToArray();
        System.Console.WriteLine($"people's door listening on {urls[0]}");
        System.Console.WriteLine($"terminals' door listening on {urls[1]}");
        System.Console.Out.Flush();
    }
}
