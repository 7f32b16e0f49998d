using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Policies;
using static Tillkeeper.Agent.Sensors.Hardware.Readings;

namespace Tillkeeper.Agent.Sensors.Hardware.BuiltIn;

/// <summary>Parts that are there or not: input devices, USB devices, serial ports.</summary>
internal static class DeviceProbes
{
    private const string Inputs = "sys/class/input";
    private const string UsbDevices = "sys/bus/usb/devices";

    /// <summary>An input device of that name, or of that <c>vendor:product</c>.</summary>
    public static PartReading Input(SysTree tree, PartProfile part)
    {
        if (tree.Entries(Inputs) is not { } entries)
        {
            return Unknown("the machine tells nothing of input devices");
        }
        var devices = entries.Where(e =>
            e.StartsWith("input", StringComparison.Ordinal)
            && (
                tree.Text($"{Inputs}/{e}/name")
                    ?.Contains(part.Match!, StringComparison.OrdinalIgnoreCase) == true
                || Pair(tree, $"{Inputs}/{e}/id/vendor", $"{Inputs}/{e}/id/product") == part.Match
            )
        );
        return devices.Any() ? Ok() : Absent($"input device {part.Match}");
    }

    /// <summary>A USB device of that <c>vendor:product</c>, or at that path of the bus, such as <c>1-1.2</c>.</summary>
    public static PartReading Usb(SysTree tree, PartProfile part)
    {
        if (tree.Entries(UsbDevices) is not { } entries)
        {
            return Unknown("the machine tells nothing of USB");
        }
        var found = entries.Where(e => IsUsb(tree, e, part.Match!)).ToList();
        return found.Count > 0 ? Ok(("devices", found.Count)) : Absent($"USB device {part.Match}");
    }

    /// <summary>A serial port by its path, links of <c>/dev/serial</c> included.</summary>
    public static PartReading Serial(SysTree tree, PartProfile part)
    {
        if (!tree.HasFolder("dev"))
        {
            return Unknown("the machine tells nothing of serial ports");
        }
        return tree.Has(part.Match!) ? Ok() : Absent($"serial port {part.Match}");
    }

    public static bool IsUsb(SysTree tree, string entry, string match) =>
        entry == match
        || (
            match.Contains(':', StringComparison.Ordinal)
            && Pair(tree, $"{UsbDevices}/{entry}/idVendor", $"{UsbDevices}/{entry}/idProduct")
                == match.ToLowerInvariant()
        );

    private static string? Pair(SysTree tree, string vendor, string product) =>
        tree.Text(vendor) is { } v && tree.Text(product) is { } p
            ? $"{v}:{p}".ToLowerInvariant()
            : null;
}
