using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Hooks;

/// <summary>What a hook is told, all of it in its environment. Names of operators are not.</summary>
internal static class HookEnvironment
{
    private const string Prefix = "TILLKEEPER_";

    public static Dictionary<string, string> Of(HookMoment moment, Lock about, DeviceState state) =>
        new(StringComparer.Ordinal)
        {
            ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            ["LC_ALL"] = "C.UTF-8",
            [Prefix + "EVENT"] = HookFolder.Word(moment),
            [Prefix + "TERMINAL"] = state.Terminal,
            [Prefix + "LOCK_ID"] = about.Id,
            [Prefix + "CAUSE"] = Words.Of(about.Cause),
            [Prefix + "CODE"] = about.Code,
            [Prefix + "SCOPE"] = about.Scope.ToString(),
            [Prefix + "SUBJECT"] = about.Subject.Operator is { } id ? $"operator:{id}" : "terminal",
            [Prefix + "OWNER"] = Words.Of(about.Owner),
            [Prefix + "SINCE"] = UtcTimeJson.Write(about.Since),
            [Prefix + "EXPECTED_END"] = about.ExpectedEnd is { } end ? UtcTimeJson.Write(end) : "",
            [Prefix + "BLOCKED"] = Blocked(state).ToString(),
        };

    /// <summary>What no lock of the terminal leaves open: several stand side by side, and one that ends opens nothing alone.</summary>
    private static EnumSet<Capability> Blocked(DeviceState state) =>
        state
            .ActiveLocks.Where(l => l.Subject.IsTerminal)
            .Aggregate(
                default(EnumSet<Capability>),
                (blocked, l) => new EnumSet<Capability>(blocked.Bits | l.Scope.Bits)
            );
}
