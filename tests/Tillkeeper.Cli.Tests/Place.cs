using System.Diagnostics;

namespace Tillkeeper.Cli.Tests;

internal sealed record Outcome(int ExitCode, string Output, string Error);

/// <summary>A directory with a key and a CA, and the real program run in it.</summary>
internal sealed class Place : IDisposable
{
    public const string Key = "tk_test_key";

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tillkeeper-cli-");

    public Place()
    {
        Write("key", Key + "\nsecond line\n");
        Write("ca.crt", TestCa.Shared.Pem);
        File.SetUnixFileMode(PathOf("key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public string PathOf(string name) => Path.Combine(directory.FullName, name);

    public void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    public string Read(string name) => File.ReadAllText(PathOf(name));

    public bool Has(string name) => File.Exists(PathOf(name));

    /// <summary>Runs a command against the server with the key and the CA of this place.</summary>
    public Task<Outcome> RunAsync(TestServer server, params string[] arguments) =>
        RunAsync([.. arguments, "--server", server.Url, "--ca", "ca.crt", "--key-file", "key"]);

    public async Task<Outcome> RunAsync(
        string[] arguments,
        params (string Name, string Value)[] environment
    )
    {
        using var process = Start(arguments, environment);
        return await EndAsync(process);
    }

    public Process Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"
        )
        {
            WorkingDirectory = directory.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "tillkeeper.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (
            var name in start
                .Environment.Keys.Where(name =>
                    name.StartsWith("TILLKEEPER_", StringComparison.Ordinal)
                )
                .ToList()
        )
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public static async Task<Outcome> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await error);
    }

    public void Dispose() => directory.Delete(recursive: true);
}
