using System.Collections.Frozen;

namespace Tillkeeper.Core.Device.Hardware;

/// <summary>The probes that a part of a model's profile may name; <c>docs/reference/probes.md</c> says what each looks at.</summary>
public static class ProbeNames
{
    public const string Input = "input";
    public const string Power = "power";
    public const string Storage = "storage";
    public const string Space = "space";
    public const string Memory = "memory";
    public const string Clock = "clock";
    public const string Usb = "usb";
    public const string Serial = "serial";
    public const string Printer = "printer";

    /// <summary>A file of the agent's own folder of probes.</summary>
    public const string Command = "command";

    /// <summary>The vendor's own program says it.</summary>
    public const string Reported = "reported";

    public static FrozenSet<string> All { get; } =
        FrozenSet.Create(
            StringComparer.Ordinal,
            Input,
            Power,
            Storage,
            Space,
            Memory,
            Clock,
            Usb,
            Serial,
            Printer,
            Command,
            Reported
        );

    /// <summary>Those that must be told what to look for.</summary>
    public static FrozenSet<string> NeedMatch { get; } =
        FrozenSet.Create(StringComparer.Ordinal, Input, Storage, Usb, Serial, Printer, Command);
}
