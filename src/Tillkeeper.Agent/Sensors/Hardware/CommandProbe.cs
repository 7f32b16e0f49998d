using System.Text.Json;
using Tillkeeper.Agent.Commands;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Agent.Sensors.Hardware;

/// <summary>
/// A probe of the vendor's own: a file of the agent's folder of probes, named by the policy, never a line for a shell. It prints one JSON
/// object. One that is missing, unsafe, too slow or not understood has found out nothing.
/// </summary>
internal sealed class CommandProbe(AgentOptions options)
{
    /// <summary>How long it may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private const int MostBytes = 16 * 1024;

    public async Task<PartReading> ReadAsync(PartProfile part, CancellationToken stop)
    {
        if (options.Probes is not { } folder)
        {
            return Readings.Unknown("the agent was given no folder of probes");
        }
        folder = Path.GetFullPath(folder);
        // The policy's check allows letters, digits, _ and - alone: no way leads out of the folder.
        var file = Path.Combine(folder, Path.GetFileName(part.Match!));
        if ((OwnFiles.FolderProblem(folder) ?? OwnFiles.Problem(file)) is { } problem)
        {
            return Readings.Unknown($"{part.Match} is not run: {problem}");
        }
        var result = await Supervised.RunAsync(
            new CommandLine(
                file,
                [part.Name],
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                    ["LC_ALL"] = "C.UTF-8",
                    ["TILLKEEPER_PART"] = part.Name,
                },
                Limit,
                MostBytes
            ),
            stop
        );
        return result.Problem is { } failed
            ? Readings.Unknown($"{part.Match}: {failed}")
            : Understand(result.Output, part);
    }

    private static PartReading Understand(string output, PartProfile part)
    {
        try
        {
            using var json = JsonDocument.Parse(output, new JsonDocumentOptions { MaxDepth = 4 });
            var (reading, refusal) = PartReport.Read(json.RootElement, part.Name);
            return reading ?? Readings.Unknown($"{part.Match}: {refusal!.Field} is wrong");
        }
        catch (JsonException)
        {
            return Readings.Unknown($"{part.Match} did not print JSON");
        }
    }
}
