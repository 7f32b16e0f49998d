using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;

namespace Tillkeeper.Agent.Hosting;

/// <summary>One run of the program: take the folder, start, say where it listens, wait for the end.</summary>
internal static class AgentProgram
{
    public static async Task<int> RunAsync(AgentOptions options, CancellationToken stop)
    {
        if (!HoldsCertificate(options.CaFile))
        {
            return await FailAsync(
                ExitCodes.Usage,
                $"--ca: {options.CaFile} holds no certificate (PEM)."
            );
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
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            return await FailAsync(ExitCodes.InUse, $"--listen: {e.Message}");
        }
        await Console.Out.WriteLineAsync($"listening on {app.Urls.First()}");
        await app.WaitForShutdownAsync(CancellationToken.None);
        return app.Services.GetRequiredService<ProgramEnd>().Code;
    }

    private static bool HoldsCertificate(string path)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(path);
            return found.Count > 0;
        }
        catch (Exception e)
            when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static async Task<int> FailAsync(int code, string message)
    {
        await Console.Error.WriteLineAsync(message);
        return code;
    }
}
