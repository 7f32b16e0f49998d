namespace Tillkeeper.Agent.Tests.World;

/// <summary>A folder of shell scripts, with a place where they can write down what happened.</summary>
internal sealed class Scripts : IDisposable
{
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Folder { get; } =
        Directory.CreateTempSubdirectory("tillkeeper-scripts-").FullName;

    public string Record => Path.Combine(Folder, "record");

    public IReadOnlyList<string> Recorded => File.Exists(Record) ? File.ReadAllLines(Record) : [];

    public string PathTo(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Puts a script in place; <c>$RECORD</c> in it is the file that <see cref="Recorded"/> reads.</summary>
    public string Write(string name, string text, UnixFileMode mode = Mode)
    {
        var path = PathTo(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, Mode);
        var temporary = PathTo($"{Guid.NewGuid():N}.new");
        File.WriteAllText(
            temporary,
            $"#!/bin/sh\n{text.Replace("$RECORD", Record, StringComparison.Ordinal)}\n"
        );
        File.SetUnixFileMode(temporary, mode);
        // In place at once: the agent may be about to run it.
        File.Move(temporary, path, overwrite: true);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
