using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;

namespace Tillkeeper.Fleet.Worlds;

/// <summary>The hardest policy there can be with the default thresholds, and the same with every threshold halved.</summary>
internal static class StrictPolicy
{
    /// <summary>Every rule is on and locks.</summary>
    public static Policy Locking { get; } =
        Policy.Default with
        {
            CustomerPin = Policy.Default.CustomerPin with { Then = RuleAction.Lock },
            Hardware = Policy.Default.Hardware with { Then = RuleAction.Lock },
            Network = Policy.Default.Network with { Then = RuleAction.Lock },
            OfflineTooLong = Policy.Default.OfflineTooLong with { Then = RuleAction.Lock },
            NightTrading = Policy.Default.NightTrading with
            {
                Mode = RuleMode.On,
                Then = RuleAction.Lock,
            },
            Velocity = Policy.Default.Velocity with { Then = RuleAction.Lock },
            RefundBurst = Policy.Default.RefundBurst with { Then = RuleAction.Lock },
            Reboots = Policy.Default.Reboots with { Then = RuleAction.Lock },
        };

    public static Policy Halved { get; } =
        Locking with
        {
            WrongPassword = Locking.WrongPassword with
            {
                Attempts = Locking.WrongPassword.Attempts / 2,
                ResetAfter = Locking.WrongPassword.ResetAfter / 2,
                TerminalAttempts = Locking.WrongPassword.TerminalAttempts / 2,
            },
            CustomerPin = Locking.CustomerPin with
            {
                WrongPins = Locking.CustomerPin.WrongPins / 2,
                Cards = Locking.CustomerPin.Cards / 2,
            },
            Hardware = Locking.Hardware with { Failures = Locking.Hardware.Failures / 2 },
            Network = Locking.Network with
            {
                LossPercent = Locking.Network.LossPercent / 2,
                Flaps = Locking.Network.Flaps / 2,
                BadFor = Locking.Network.BadFor / 2,
                Latency = Locking.Network.Latency / 2,
            },
            OfflineTooLong = Locking.OfflineTooLong with
            {
                WarnAfter = Locking.OfflineTooLong.WarnAfter / 2,
                LockAfter = Locking.OfflineTooLong.LockAfter / 2,
            },
            Velocity = Locking.Velocity with { Sales = Locking.Velocity.Sales / 2 },
            RefundBurst = Locking.RefundBurst with { Refunds = Locking.RefundBurst.Refunds / 2 },
            Reboots = Locking.Reboots with { Starts = Locking.Reboots.Starts / 2 },
        };
}
