using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Device.NetworkChecks;

/// <summary>What a guided check looks at, in the order in which a network is put right (W6).</summary>
[JsonConverter(typeof(SnakeCaseEnum<NetworkStep>))]
public enum NetworkStep
{
    Address,
    Gateway,
    Dns,
    Server,
    PaymentHost,
    Clock,
}

/// <summary>What came of one step.</summary>
[JsonConverter(typeof(SnakeCaseEnum<StepResult>))]
public enum StepResult
{
    Ok,
    Failed,

    /// <summary>Nothing to look at: no such host is set, or no name has to be found.</summary>
    Unknown,
}

public sealed record CheckedStep(NetworkStep Step, StepResult Result);

/// <summary>Somebody at the terminal had the network checked; says nothing of addresses or names.</summary>
public sealed record NetworkChecked(
    IReadOnlyList<CheckedStep> Steps,
    DeviceTime Clock,
    DateTimeOffset At
) : IDeviceEvent;

/// <summary>Records a check. Does nothing when the last one said the same less than a minute ago.</summary>
public sealed record TellNetworkCheck(IReadOnlyList<CheckedStep> Steps) : IDeviceCommand;

internal static class NetworkCheckDecisions
{
    private static readonly TimeSpan Same = TimeSpan.FromMinutes(1);

    public static Decision<IDeviceEvent> Tell(
        DeviceState state,
        TellNetworkCheck command,
        DeviceNow now
    ) =>
        state.LastNetworkCheck is { } last
        && last.Steps.SequenceEqual(command.Steps)
        && now.Clock.ProvenSince(last.Clock) < Same
            ? DeviceDecisions.Nothing
            : new NetworkChecked([.. command.Steps], now.Clock, now.Shown);
}
