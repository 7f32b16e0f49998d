namespace Tillkeeper.Core.Device.Hardware;

/// <summary>What a self-test said of one part.</summary>
/// <param name="Faulty">True when the part still counts as faulty after it.</param>
public sealed record TestedPart(string Part, PartStatus Status, bool Faulty = false);

/// <summary>Somebody at the terminal had every declared part tested, and this is what came of it.</summary>
public sealed record RecordSelfTest(IReadOnlyList<TestedPart> Parts) : IDeviceCommand;

/// <summary>
/// The terminal has tested itself. Its own word: nobody types it, and with proven time in <paramref name="Clock"/> nobody keeps an old one for
/// later.
/// </summary>
/// <param name="Parts">At most <see cref="MostParts"/>.</param>
public sealed record SelfTestRan(IReadOnlyList<TestedPart> Parts, DeviceTime Clock) : IDeviceEvent
{
    public const int MostParts = 64;
}

internal static class SelfTestDecisions
{
    /// <summary>A test that says nothing new so shortly after the last leaves no trace: whoever leans on the button fills no journal.</summary>
    private const long ShortlyMs = 10_000;

    internal static Decision<IDeviceEvent> Record(
        DeviceState state,
        RecordSelfTest command,
        DeviceNow now
    )
    {
        IReadOnlyList<TestedPart> parts = [.. command.Parts.Take(SelfTestRan.MostParts)];
        return parts.Count == 0 || IsKnown(state.SelfTest, parts, now.Clock)
            ? DeviceDecisions.Nothing
            : new SelfTestRan(parts, now.Clock);
    }

    private static bool IsKnown(
        SelfTestRan? last,
        IReadOnlyList<TestedPart> parts,
        DeviceTime now
    ) =>
        last is not null
        && last.Clock.Boot == now.Boot
        && now.Ms - last.Clock.Ms < ShortlyMs
        && last.Clock.Trusted is null == now.Trusted is null
        && last.Parts.SequenceEqual(parts);
}
