using System.Runtime.InteropServices;

namespace Tillkeeper.Agent.Clock;

/// <summary>CLOCK_BOOTTIME and the kernel's boot id (clock_gettime(2), random(4)).</summary>
internal sealed partial class LinuxClock : IMachineClock
{
    private const int ClockBoottime = 7;

    public string Boot { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    public long BootMs
    {
        get
        {
            if (ClockGetTime(ClockBoottime, out var time) != 0)
            {
                throw new InvalidOperationException(
                    $"CLOCK_BOOTTIME cannot be read: error {Marshal.GetLastPInvokeError()}."
                );
            }
            return ((long)time.Seconds * 1000) + ((long)time.Nanoseconds / 1_000_000);
        }
    }

    public DateTimeOffset Wall => TimeProvider.System.GetUtcNow();

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
