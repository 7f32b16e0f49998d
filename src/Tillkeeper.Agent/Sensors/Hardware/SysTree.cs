using System.Text;
using Tillkeeper.Agent.Hosting;

namespace Tillkeeper.Agent.Sensors.Hardware;

/// <summary>
/// What the kernel tells of the machine in files, under a root that is <c>/</c> unless the agent is given another. Missing is an
/// answer, unreadable is none: it throws, as File APIs do.
/// </summary>
internal sealed class SysTree(AgentOptions options)
{
    private const int MostBytes = 64 * 1024;
    private const int MostEntries = 1000;

    public string PathTo(string path) =>
        Path.Combine(Path.GetFullPath(options.Sysfs), path.TrimStart('/'));

    /// <summary>The names in a folder; null when there is no such folder.</summary>
    public IReadOnlyList<string>? Entries(string folder) =>
        Directory.Exists(PathTo(folder))
            ?
            [
                .. Directory
                    .EnumerateFileSystemEntries(PathTo(folder))
                    .Take(MostEntries)
                    .Select(e => Path.GetFileName(e))
                    .Order(StringComparer.Ordinal),
            ]
            : null;

    public bool HasFolder(string folder) => Directory.Exists(PathTo(folder));

    /// <summary>A file or a device, at the end of its links.</summary>
    public bool Has(string path)
    {
        var file = new FileInfo(PathTo(path));
        return file.LinkTarget is null
            ? file.Exists
            : file.ResolveLinkTarget(returnFinalTarget: true)?.Exists == true;
    }

    /// <summary>What a file says, without the blanks around it; null when there is no such file.</summary>
    public string? Text(string file)
    {
        try
        {
            using var stream = File.OpenRead(PathTo(file));
            var bytes = new byte[MostBytes];
            var read = stream.ReadAtLeast(bytes, MostBytes, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(bytes, 0, read).Trim();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public long? Number(string file) =>
        long.TryParse(
            Text(file),
            System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
}
