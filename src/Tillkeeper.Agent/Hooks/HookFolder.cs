using Tillkeeper.Agent.Commands;
using Tillkeeper.Agent.Hosting;

namespace Tillkeeper.Agent.Hooks;

/// <param name="Name">Its folder and file, e.g. <c>lock-begun.d/10-port</c>.</param>
/// <param name="Problem">Why it must not be run; null when it may.</param>
internal sealed record Hook(string Name, string Path, string? Problem);

/// <summary>
/// What runs when a lock begins and ends: the executable files of <c>lock-begun.d</c> and <c>lock-ended.d</c>, in the order of their
/// names. Looked up each time, so that a hook can be mended while the agent runs.
/// </summary>
internal sealed class HookFolder(AgentOptions options)
{
    private const int Most = 16;
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public bool IsGiven => options.Hooks is not null;

    public static string Word(HookMoment moment) => moment == HookMoment.Begun ? "begun" : "ended";

    public static string FolderOf(HookMoment moment) => $"lock-{Word(moment)}.d";

    public IReadOnlyList<Hook> Of(HookMoment moment)
    {
        if (options.Hooks is not { } root)
        {
            return [];
        }
        var folder = Path.Combine(Path.GetFullPath(root), FolderOf(moment));
        if (!Directory.Exists(folder))
        {
            return [];
        }
        var unsafeFolder =
            OwnFiles.FolderProblem(Path.GetFullPath(root)) ?? OwnFiles.FolderProblem(folder);
        return
        [
            .. Directory
                .EnumerateFiles(folder)
                .Where(IsMeant)
                .Order(StringComparer.Ordinal)
                .Take(Most)
                .Select(file => new Hook(
                    $"{FolderOf(moment)}/{Path.GetFileName(file)}",
                    file,
                    unsafeFolder is null
                        ? OwnFiles.Problem(file)
                        : $"its folder is not safe: {unsafeFolder}"
                )),
        ];
    }

    /// <summary>Executable, and not something that an editor or a package manager left behind.</summary>
    private static bool IsMeant(string file) =>
        Path.GetFileName(file).All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && (File.GetUnixFileMode(file) & Executable) != UnixFileMode.None;
}
