using System.Net.Sockets;

namespace Tillkeeper.Agent.Hosting;

/// <summary>One run of the program: take the folder, start, say where it listens, wait for the end.</summary>
internal static class AgentProgram
{
    public static async Task<int> RunAsync(AgentOptions options, CancellationToken stop)
    {
        if (!File.Exists(options.CaFile))
        {
            return await FailAsync(ExitCodes.Usage, $"--ca: there is no file {options.CaFile}.");
        }
        using var folder = DataFolder.Take(options.Data);
        if (folder is null)
        {
            return await FailAsync(
                ExitCodes.InUse,
                $"Another agent uses {options.Data}; stop it first, or give this one its own --data."
            );
        }
        await using var app = AgentHost.Build(options, folder);
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException e) when (e.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            return await FailAsync(ExitCodes.InUse, $"--listen: {e.Message}");
        }
        await Console.Out.WriteLineAsync($"listening on {app.Urls.First()}");
        await app.WaitForShutdownAsync(CancellationToken.None);
        return Environment.ExitCode;
    }

    private static async Task<int> FailAsync(int code, string message)
    {
        await Console.Error.WriteLineAsync(message);
        return code;
    }
}
