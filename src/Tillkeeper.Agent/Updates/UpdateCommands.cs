using Tillkeeper.Agent.Commands;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Core.Campaigns;

namespace Tillkeeper.Agent.Updates;

/// <summary>Runs the installer and the health check of this terminal.</summary>
internal sealed partial class UpdateCommands(AgentOptions options, ILogger<UpdateCommands> logger)
{
    /// <summary>Longer takes none that still does anything; then it is killed, and the old version stays.</summary>
    public static readonly TimeSpan LongestInstall = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan LongestCheck = TimeSpan.FromMinutes(3);

    /// <summary>Fills a slot. Null when it is whole, or what went wrong, as a code.</summary>
    public Task<string?> InstallAsync(
        DeviceUpdate update,
        string artifact,
        Slots slots,
        CancellationToken stop
    ) =>
        RunAsync(
            "installer",
            options.Updates!.Installer,
            [artifact, slots.PathOf(update.Slot!)],
            update,
            slots,
            LongestInstall,
            stop
        );

    /// <summary>Null when the new version works, or what is wrong, as a code.</summary>
    public Task<string?> CheckAsync(DeviceUpdate update, Slots slots, CancellationToken stop) =>
        RunAsync(
            "health_check",
            options.Updates!.HealthCheck,
            [slots.PathOf(update.Slot!)],
            update,
            slots,
            LongestCheck,
            stop
        );

    private async Task<string?> RunAsync(
        string what,
        string file,
        string[] arguments,
        DeviceUpdate update,
        Slots slots,
        TimeSpan limit,
        CancellationToken stop
    )
    {
        if (OwnFiles.Problem(file) is { } unfit)
        {
            LogFailed(what, unfit, "");
            return $"{what}_unusable";
        }
        var result = await Supervised.RunAsync(
            new CommandLine(file, arguments, EnvironmentOf(update, slots), limit),
            stop
        );
        if (result.Problem is not { } problem)
        {
            return null;
        }
        LogFailed(what, problem, result.Errors);
        return result.Exit is null ? $"{what}_timeout" : $"{what}_failed";
    }

    private static Dictionary<string, string> EnvironmentOf(DeviceUpdate update, Slots slots) =>
        new(StringComparer.Ordinal)
        {
            ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            ["LC_ALL"] = "C.UTF-8",
            ["TILLKEEPER_CAMPAIGN"] = update.Ordered.Campaign,
            ["TILLKEEPER_NAME"] = update.Ordered.Artifact.Name,
            ["TILLKEEPER_VERSION"] = update.Ordered.Artifact.Version,
            ["TILLKEEPER_SLOT"] = slots.PathOf(update.Slot!),
            ["TILLKEEPER_PREVIOUS"] = update.Previous is { } slot ? slots.PathOf(slot) : "",
            ["TILLKEEPER_PROGRESS"] = slots.Progress,
        };

    [LoggerMessage(LogLevel.Warning, "The {What} failed: {Problem}. {Errors}")]
    private partial void LogFailed(string what, string problem, string errors);
}
