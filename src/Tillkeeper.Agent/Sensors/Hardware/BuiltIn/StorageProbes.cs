using System.Globalization;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Policies;
using static Tillkeeper.Agent.Sensors.Hardware.Readings;

namespace Tillkeeper.Agent.Sensors.Hardware.BuiltIn;

/// <summary>Where data is kept, and how much room is left.</summary>
internal static class StorageProbes
{
    private const long MiB = 1024 * 1024;

    /// <summary>
    /// A disk or a partition such as <c>mmcblk0p3</c>: gone, or read-only as the kernel makes it when it meets errors, has failed; errors
    /// that were met and wear (eMMC 5.1: PRE_EOL_INFO 2 and 3) are warnings.
    /// </summary>
    public static PartReading Storage(SysTree tree, PartProfile part)
    {
        if (!tree.HasFolder("sys/class/block"))
        {
            return Unknown("the machine tells nothing of its storage");
        }
        var at = $"sys/class/block/{part.Match}";
        if (!tree.HasFolder(at))
        {
            return Absent($"storage {part.Match}");
        }
        var errors = ExtErrors(tree, part.Match!) + (Hex(tree.Text($"{at}/device/ioerr_cnt")) ?? 0);
        (string, double?)[] measures = [("errors", errors)];
        if (tree.Number($"{at}/ro") == 1 || IsMountedReadOnly(tree, part.Match!))
        {
            return Failed("it can only be read", measures);
        }
        if (errors > 0)
        {
            return Degraded($"{errors} errors were met", measures);
        }
        return Hex(tree.Text($"{at}/device/pre_eol_info")) is > 1
            ? Degraded("it is worn out and should be replaced", measures)
            : Ok(measures);
    }

    /// <summary>Free space in MiB where a path lives, <c>/</c> when none is given.</summary>
    public static PartReading Space(SysTree tree, PartProfile part)
    {
        var path = tree.PathTo(part.Match ?? "/");
        if (!Directory.Exists(path))
        {
            return Absent($"folder {part.Match}");
        }
        var free = new DriveInfo(path).AvailableFreeSpace / MiB;
        return free < (part.Least ?? 100)
            ? Failed($"{free} MiB left", ("free_mib", free))
            : Ok(("free_mib", free));
    }

    /// <summary>Memory that could be used, in MiB (proc(5): MemAvailable).</summary>
    public static PartReading Memory(SysTree tree, PartProfile part)
    {
        var line = tree.Text("proc/meminfo")
            ?.Split('\n')
            .FirstOrDefault(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal));
        if (
            line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [_, var text, ..]
            || !long.TryParse(
                text,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var kilobytes
            )
        )
        {
            return Unknown("the machine tells nothing of its memory");
        }
        var free = kilobytes / 1024;
        return free < (part.Least ?? 32)
            ? Failed($"{free} MiB left", ("available_mib", free))
            : Ok(("available_mib", free));
    }

    /// <summary>ext4 counts the errors it met, per partition, until somebody checks the file system.</summary>
    private static long ExtErrors(SysTree tree, string device) =>
        (tree.Entries("sys/fs/ext4") ?? [])
            .Where(p => p.StartsWith(device, StringComparison.Ordinal))
            .Sum(p => tree.Number($"sys/fs/ext4/{p}/errors_count") ?? 0);

    private static bool IsMountedReadOnly(SysTree tree, string device) =>
        (tree.Text("proc/mounts") ?? "")
            .Split('\n')
            .Select(l => l.Split(' '))
            .Any(l =>
                l.Length > 3
                && l[0] == $"/dev/{device}"
                && l[3].Split(',').Contains("ro", StringComparer.Ordinal)
            );

    private static long? Hex(string? text) =>
        text?.StartsWith("0x", StringComparison.Ordinal) == true
        && long.TryParse(
            text.AsSpan(2),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var value
        )
            ? value
            : null;
}
