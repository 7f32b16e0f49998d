using Tillkeeper.Core.Device.Hardware;
using static Tillkeeper.Core.Policies.PolicyLimits;

namespace Tillkeeper.Core.Policies;

/// <summary>The range of what sensors and places are judged by.</summary>
internal static class SensorLimits
{
    private const int LongestText = 200;

    public static Refusal? Check(Policy policy)
    {
        var (pin, hardware, network) = (policy.CustomerPin, policy.Hardware, policy.Network);
        var (offline, environment, location) = (
            policy.OfflineTooLong,
            policy.Environment,
            policy.Location
        );
        return Whole("customerPin.wrongPins", pin.WrongPins, 2, 1000)
            // A single card is a forgetful customer, never an attack.
            ?? Whole("customerPin.cards", pin.Cards, 2, pin.WrongPins)
            ?? Time("customerPin.window", pin.Window)
            ?? Time("customerPin.lockFor", pin.LockFor)
            ?? Time("hardware.every", hardware.Every)
            ?? Whole("hardware.failures", hardware.Failures, 2, 100)
            ?? Whole("hardware.among", hardware.Among, hardware.Failures, 200)
            ?? Whole("hardware.recoveries", hardware.Recoveries, 1, 100)
            ?? Time("network.every", network.Every)
            ?? Text("network.paymentHost", network.PaymentHost)
            ?? Whole("network.lossPercent", network.LossPercent, 1, 100)
            ?? Time("network.latency", network.Latency)
            ?? Whole("network.flaps", network.Flaps, 2, 1000)
            ?? Time("network.window", network.Window)
            ?? Time("network.badFor", network.BadFor)
            ?? Time("network.goodFor", network.GoodFor)
            ?? Time("offlineTooLong.warnAfter", offline.WarnAfter)
            ?? Time("offlineTooLong.lockAfter", offline.LockAfter)
            ?? Before("offlineTooLong.warnAfter", offline.WarnAfter, "lockAfter", offline.LockAfter)
            ?? Whole("environment.score", environment.Score, 1, 100)
            ?? Time("environment.dwell", environment.Dwell, orZero: true)
            ?? Time("environment.learn", environment.Learn)
            ?? Time("environment.answerWithin", environment.AnswerWithin)
            ?? Countries(environment.Countries)
            ?? Whole("location.beyond", location.Beyond, 0, 1_000_000)
            ?? Time("location.dwell", location.Dwell, orZero: true)
            ?? Time("location.answerWithin", location.AnswerWithin)
            ?? Parts(policy.Parts);
    }

    private static Refusal? Before(string field, TimeSpan early, string later, TimeSpan late) =>
        early < late
            ? null
            : Refusal.Invalid(field, $"{field} must be shorter than {later}: it comes first.");

    internal static Refusal? Text(string field, string? value) =>
        value is null or { Length: > 0 and <= LongestText }
            ? null
            : Refusal.Invalid(field, $"{field} must be 1 to {LongestText} characters.");

    private static Refusal? Countries(IReadOnlyList<string>? countries) =>
        countries is null
        || (
            countries.Count <= 250
            && countries.All(c => c is { Length: 2 } && c.All(char.IsAsciiLetterUpper))
        )
            ? null
            : Refusal.Invalid(
                "environment.countries",
                "environment.countries takes two capital letters each, e.g. CN (ISO 3166-1)."
            );

    private static Refusal? Parts(IReadOnlyList<PartProfile> parts)
    {
        if (parts.Count > MostParts)
        {
            return Refusal.Invalid("parts", $"parts has at most {MostParts} entries.");
        }
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            if (part is not { Name: { Length: > 0 and <= 40 } name } || !name.All(IsNameLetter))
            {
                return Refusal.Invalid(
                    "parts.name",
                    "parts.name takes 1 to 40 letters, digits, _ and -."
                );
            }
            if (!names.Add(name))
            {
                return Refusal.Invalid("parts.name", $"parts.name {name} stands twice.");
            }
            if ((Text("parts.match", part.Match) ?? Probe(part)) is { } no)
            {
                return no;
            }
        }
        return null;
    }

    private static Refusal? Probe(PartProfile part)
    {
        if (part.Probe is null || !ProbeNames.All.Contains(part.Probe))
        {
            return Refusal.Invalid(
                "parts.probe",
                $"parts.probe of {part.Name} takes one of: {string.Join(", ", ProbeNames.All.Order(StringComparer.Ordinal))}."
            );
        }
        if (part.Match is null && ProbeNames.NeedMatch.Contains(part.Probe))
        {
            return Refusal.Invalid(
                "parts.match",
                $"parts.match of {part.Name} must say what the probe {part.Probe} looks for."
            );
        }
        if (part.Probe == ProbeNames.Command && !part.Match!.All(IsNameLetter))
        {
            // A file of the agent's own folder, never a line for a shell.
            return Refusal.Invalid(
                "parts.match",
                $"parts.match of {part.Name} names a file of the agent's folder of probes: letters, digits, _ and -."
            );
        }
        return part is { Probe: ProbeNames.Printer, Blocks.Count: > 0 }
            ? Refusal.Invalid(
                "parts.blocks",
                $"parts.blocks of {part.Name} must be empty: sales go on without a printer."
            )
            : null;
    }

    private static bool IsNameLetter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
