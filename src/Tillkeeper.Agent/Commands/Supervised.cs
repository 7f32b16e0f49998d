using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tillkeeper.Agent.Commands;

/// <summary>A command to run: a file, never a line for a shell.</summary>
/// <param name="Environment">All of it; nothing of the agent's own is handed on.</param>
/// <param name="Limit">How long it may take.</param>
/// <param name="MostBytes">How much of what it says is kept, of each of its two outputs.</param>
internal sealed record CommandLine(
    string File,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment,
    TimeSpan Limit,
    int MostBytes = 4096
);

/// <summary>What became of a command.</summary>
/// <param name="Exit">Its exit code; null when its time was up, or it could not be started.</param>
/// <param name="Problem">What went wrong, in a word; null when it exited with 0.</param>
internal sealed record CommandResult(int? Exit, string Output, string Errors, string? Problem);

/// <summary>
/// Runs commands of others: in a process group of their own, with nothing to read, for a limited time, listened to up to a limit.
/// When the time is up the whole group is killed. What must outlive the command has to become a service of its own.
/// </summary>
internal static partial class Supervised
{
    private const int Kill = 9;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private static readonly string SetSid = File.Exists("/usr/bin/setsid")
        ? "/usr/bin/setsid"
        : "/bin/setsid";

    /// <exception cref="OperationCanceledException">Told to stop; the command was killed.</exception>
    public static async Task<CommandResult> RunAsync(CommandLine line, CancellationToken stop)
    {
        using var process = new Process { StartInfo = Describe(line) };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return new CommandResult(null, "", "", $"not started: {e.Message}");
        }
        process.StandardInput.Close();
        var output = new Listening(process.StandardOutput.BaseStream, line.MostBytes);
        var errors = new Listening(process.StandardError.BaseStream, line.MostBytes);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(line.Limit);
        var inTime = true;
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            inTime = false;
            EndGroup(process.Id);
            // In its first moment it leads no group yet.
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
        await HearOutAsync(process.Id, Task.WhenAll(output.Ended, errors.Ended));
        stop.ThrowIfCancellationRequested();
        var exit = inTime ? process.ExitCode : (int?)null;
        return new CommandResult(
            exit,
            output.Text,
            errors.Text,
            exit switch
            {
                null => $"took longer than {line.Limit.TotalSeconds:0.#} s",
                0 => null,
                _ => $"exit {exit}",
            }
        );
    }

    /// <summary>The command becomes the leader of a session, and so of a group that can be ended as one.</summary>
    private static ProcessStartInfo Describe(CommandLine line)
    {
        var start = new ProcessStartInfo(SetSid, [line.File, .. line.Arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach (var (name, value) in line.Environment)
        {
            start.Environment[name] = value;
        }
        return start;
    }

    /// <summary>
    /// Somebody of its group may still hold the outputs, and is ended too. Whoever left the group and holds them nevertheless is
    /// not waited for.
    /// </summary>
    private static async Task HearOutAsync(int leader, Task ended)
    {
        if (await Task.WhenAny(ended, Task.Delay(LastWords)) != ended)
        {
            EndGroup(leader);
            await Task.WhenAny(ended, Task.Delay(LastWords));
        }
    }

    private static void EndGroup(int leader) => _ = SendSignal(-leader, Kill);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
