using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Tillkeeper.Journeys.Harness;

/// <summary>A program of ours as a real process, started from its build output and stopped by its own id.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();

    private RunningProgram(Process process) => this.process = process;

    public IReadOnlyCollection<string> Lines => lines;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Starts <paramref name="name"/> and waits for a line that holds <paramref name="ready"/>.</summary>
    public static Task<RunningProgram> Start(
        string name,
        string ready,
        IReadOnlyDictionary<string, string> environment,
        params IEnumerable<string> arguments
    ) => StartInside(null, name, ready, environment, arguments);

    /// <summary>The same in a network of its own; null for the machine's.</summary>
    public static async Task<RunningProgram> StartInside(
        NetworkNamespace? network,
        string name,
        string ready,
        IReadOnlyDictionary<string, string> environment,
        params IEnumerable<string> arguments
    )
    {
        // ip-netns(8) becomes the program: its process is the one that is stopped.
        string[] command =
        [
            .. network is null ? [] : (string[])["ip", "netns", "exec", network.Name],
            "dotnet",
            PathOf(name),
            .. arguments,
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }
        var process = Process.Start(start)!;
        var running = new RunningProgram(process);
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, e) => running.Take(e.Data, ready, seen);
        process.ErrorDataReceived += (_, e) => running.Take(e.Data, ready, seen);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var exited = process.WaitForExitAsync();
        if (await Task.WhenAny(seen.Task, exited, Task.Delay(Patience)) != seen.Task)
        {
            await running.DisposeAsync();
            throw new InvalidOperationException(
                $"{name} did not say '{ready}':\n{string.Join('\n', running.lines)}"
            );
        }
        return running;
    }

    /// <summary>Runs to the end and gives exit code and everything it printed.</summary>
    public static async Task<(int ExitCode, string Output)> Run(
        string name,
        params IEnumerable<string> arguments
    )
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [PathOf(name), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>SIGKILL: no goodbye, nothing flushed.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>As when the power goes: it and everything it has started, at once.</summary>
    public async Task KillTree()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>SIGTERM, and waits for the end.</summary>
    public async Task Terminate()
    {
        using var kill = Process.Start(
            "kill",
            ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]
        );
        await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    public Task WaitForExit() => process.WaitForExitAsync().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
    }

    /// <summary>
    /// A port that nobody listens on now, below those that the machine gives to outgoing connections: a fleet makes thousands of them, and
    /// one would take the port before the program has it.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = FirstPort + (Interlocked.Increment(ref ports) % Ports);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // The next one, then.
            }
        }
    }

    private const int FirstPort = 15_000;
    private const int Ports = 15_000;
    private static int ports = Random.Shared.Next(Ports);

    private void Take(string? line, string ready, TaskCompletionSource seen)
    {
        if (line is null)
        {
            return;
        }
        lines.Enqueue(line);
        if (line.Contains(ready, StringComparison.Ordinal))
        {
            seen.TrySetResult();
        }
    }

    /// <summary>The build output beside which these tests were built, of the same configuration.</summary>
    public static string PathOf(string name)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        var configuration = here.Parent!.Name;
        var root = here.Parent.Parent!.Parent!.Parent!.Parent!.FullName;
        var project = name switch
        {
            "tillkeeper" => Path.Combine("src", "Tillkeeper.Cli"),
            "Tillkeeper.DemoBank" => Path.Combine("demo", "Bank"),
            _ => Path.Combine("src", name),
        };
        return Path.Combine(root, project, "bin", configuration, here.Name, $"{name}.dll");
    }
}
