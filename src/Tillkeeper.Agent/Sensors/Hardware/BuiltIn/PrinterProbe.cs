using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Policies;
using static Tillkeeper.Agent.Sensors.Hardware.Readings;

namespace Tillkeeper.Agent.Sensors.Hardware.BuiltIn;

/// <summary>
/// A printer: by <c>vendor:product</c> on USB, by the name of its class device (<c>lp0</c>), or by the path of a file that its driver
/// keeps its status in, one word. Whatever is wrong with it is a warning.
/// </summary>
internal static class PrinterProbe
{
    private const string Classes = "sys/class/usbmisc";

    public static PartReading Read(SysTree tree, PartProfile part)
    {
        var match = part.Match!;
        if (match.StartsWith('/'))
        {
            return tree.Text(match) is { } word ? Status(word) : Absent($"printer {match}");
        }
        if (match.Contains(':', StringComparison.Ordinal))
        {
            return DeviceProbes.Usb(tree, part);
        }
        if (!tree.HasFolder(Classes))
        {
            return Unknown("the machine tells nothing of USB printers");
        }
        return tree.HasFolder($"{Classes}/{match}") ? Ok() : Absent($"printer {match}");
    }

    private static PartReading Status(string word) =>
        word switch
        {
            "ok" or "ready" or "idle" or "printing" => Ok(),
            "paper_low" or "near_end" => Degraded("paper is running out"),
            "paper_out" or "no_paper" => Failed("no paper"),
            "cover_open" => Failed("the cover is open"),
            "overheated" => Failed("it is too hot"),
            { Length: > 0 and <= 40 } other => Failed(other),
            _ => Unknown("its status cannot be read"),
        };
}
