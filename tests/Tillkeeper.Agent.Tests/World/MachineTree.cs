namespace Tillkeeper.Agent.Tests.World;

/// <summary>What a machine tells of its parts, in files that a test can change while an agent reads them.</summary>
internal sealed class MachineTree : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("tillkeeper-machine-").FullName;

    /// <summary>A terminal with everything in order.</summary>
    public static MachineTree Healthy()
    {
        var tree = new MachineTree();
        tree.Write("sys/class/input/input3/name", "gpio-keypad");
        tree.Write("sys/class/input/input3/id/vendor", "0001");
        tree.Write("sys/class/input/input3/id/product", "0042");
        tree.Write("sys/class/input/mice/uevent", "");
        tree.Usb("1-1.2", "1a86", "7523");
        tree.Usb("1-1.3", "0fe6", "811e");
        tree.Write("sys/class/usbmisc/lp0/dev", "180:0");
        tree.Write("dev/ttyUSB0", "");
        tree.Write("sys/class/power_supply/BAT0/type", "Battery");
        tree.Write("sys/class/power_supply/BAT0/present", "1");
        tree.Write("sys/class/power_supply/BAT0/capacity", "87");
        tree.Write("sys/class/power_supply/BAT0/health", "Good");
        tree.Write("sys/class/power_supply/BAT0/status", "Discharging");
        tree.Write("sys/class/power_supply/BAT0/temp", "314");
        tree.Write("sys/class/power_supply/BAT0/voltage_now", "3870000");
        tree.Write("sys/class/power_supply/AC/type", "Mains");
        tree.Write("sys/class/power_supply/AC/online", "1");
        tree.Write("sys/class/block/mmcblk0/ro", "0");
        tree.Write("sys/class/block/mmcblk0/device/pre_eol_info", "0x01");
        tree.Write("sys/class/block/mmcblk0p3/ro", "0");
        tree.Write("sys/fs/ext4/mmcblk0p3/errors_count", "0");
        tree.Write("proc/mounts", "/dev/mmcblk0p3 /data ext4 rw,noatime 0 0");
        tree.Write("proc/meminfo", "MemTotal:  512000 kB\nMemAvailable:   204800 kB");
        tree.Write("sys/class/rtc/rtc0/since_epoch", "1772352000");
        tree.Write("var/run/printer", "ready");
        return tree;
    }

    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text + "\n");
    }

    public void Usb(string path, string vendor, string product)
    {
        Write($"sys/bus/usb/devices/{path}/idVendor", vendor);
        Write($"sys/bus/usb/devices/{path}/idProduct", product);
    }

    public void Remove(string path)
    {
        var at = Path.Combine(Root, path);
        if (Directory.Exists(at))
        {
            Directory.Delete(at, recursive: true);
        }
        else
        {
            File.Delete(at);
        }
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
