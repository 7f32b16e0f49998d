using System.Diagnostics;
using Tillkeeper.Agent.Hosting;

namespace Tillkeeper.Agent.Tests.World;

/// <summary>The program itself, as its own process.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private readonly Process process;

    private AgentProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public static AgentProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(AgentProgram).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        return new AgentProcess(Process.Start(start)!);
    }

    /// <summary>The address it says it listens on; fails with what it said instead.</summary>
    public async Task<Uri> AddressAsync()
    {
        using var limit = new CancellationTokenSource(Longest);
        var line = await process.StandardOutput.ReadLineAsync(limit.Token);
        Assert.StartsWith("listening on ", line ?? "", StringComparison.Ordinal);
        return new Uri(line!["listening on ".Length..]);
    }

    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>No warning, no last words: as when the power goes.</summary>
    public void Kill() => process.Kill();

    public async Task<(int Code, string Errors)> EndAsync()
    {
        using var limit = new CancellationTokenSource(Longest);
        var errors = await process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, errors);
    }

    public ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
        process.Dispose();
        return ValueTask.CompletedTask;
    }
}
