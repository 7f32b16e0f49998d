using static Tillkeeper.Core.Policies.PolicyLimits;

namespace Tillkeeper.Core.Policies;

/// <summary>The range of what trading and machines are judged by.</summary>
internal static class AnomalyLimits
{
    public static Refusal? Check(Policy policy)
    {
        var (night, velocity, refunds) = (policy.NightTrading, policy.Velocity, policy.RefundBurst);
        var breaker = policy.Breaker;
        return (
                night.From == night.Until
                    ? Refusal.Invalid(
                        "nightTrading.from",
                        "nightTrading.from and until must differ."
                    )
                    : null
            )
            ?? Zone(night.Zone)
            ?? Whole("nightTrading.sales", night.Sales, 1, 10_000)
            ?? Whole("velocity.sales", velocity.Sales, 2, 1000)
            ?? Time("velocity.window", velocity.Window)
            ?? Whole("velocity.amountMinor", velocity.AmountMinor, 0, long.MaxValue)
            ?? Whole("refundBurst.refunds", refunds.Refunds, 2, 1000)
            ?? Time("refundBurst.window", refunds.Window)
            ?? Whole("refundBurst.amountMinor", refunds.AmountMinor, 0, long.MaxValue)
            ?? Whole("reboots.starts", policy.Reboots.Starts, 2, 1000)
            ?? Time("reboots.window", policy.Reboots.Window)
            ?? Whole(
                "impossibleTravel.kilometresPerHour",
                policy.ImpossibleTravel.KilometresPerHour,
                100,
                100_000
            )
            ?? Version(policy.MinimumVersion.Version)
            ?? Time("minimumVersion.grace", policy.MinimumVersion.Grace, orZero: true)
            ?? Time("arrears.notice", policy.Arrears.Notice)
            ?? Share(breaker.SharePercent)
            ?? Whole("breaker.minimum", breaker.Minimum, 1, 1_000_000)
            ?? Time("breaker.window", breaker.Window)
            ?? Whole("remote.perPersonAndHour", policy.Remote.PerPersonAndHour, 1, 1_000_000);
    }

    private static Refusal? Zone(string zone) =>
        zone is { Length: > 0 and <= 64 }
            ? null
            : Refusal.Invalid(
                "nightTrading.zone",
                "nightTrading.zone takes a time zone such as Asia/Shanghai (IANA)."
            );

    private static Refusal? Version(string? version) =>
        version is null || (version.Length <= 64 && System.Version.TryParse(version, out _))
            ? null
            : Refusal.Invalid(
                "minimumVersion.version",
                "minimumVersion.version takes dotted numbers such as 2.4.0."
            );

    private static Refusal? Share(double percent) =>
        percent is > 0 and <= 100
            ? null
            : Refusal.Invalid(
                "breaker.sharePercent",
                "breaker.sharePercent must be above 0 and at most 100."
            );
}
