using System.Runtime.InteropServices;

namespace Tillkeeper.Bench.Measuring;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe(string folder) =>
        $"{Environment.ProcessorCount} cores ({Processor()}), "
        + $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GiB memory, "
        + $"Linux {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}, {FileSystem(folder)}, "
        + $"SQLite {SQLitePCL.raw.sqlite3_libversion().utf8_to_string()}, {RuntimeInformation.FrameworkDescription}";

    /// <summary>Others' work on the machine: processes that wanted a core during the last minute.</summary>
    public static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    /// <summary>E.g. <c>ext4</c>.</summary>
    public static string FileSystem(string folder) =>
        DriveInfo
            .GetDrives()
            .Where(d => folder.StartsWith(d.RootDirectory.FullName, StringComparison.Ordinal))
            .MaxBy(d => d.RootDirectory.FullName.Length)!
            .DriveFormat;

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            ?.Split(':')[1]
            .Trim()
        ?? RuntimeInformation.ProcessArchitecture.ToString();
}
