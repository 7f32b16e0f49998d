using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using static Tillkeeper.Core.Campaigns.UpdateHappening;
using static Tillkeeper.Core.Campaigns.UpdateStep;

namespace Tillkeeper.Core.Campaigns;

/// <summary>How far a terminal has got with an update. Each is written down before anything of it is done.</summary>
[JsonConverter(typeof(SnakeCaseEnum<UpdateStep>))]
public enum UpdateStep
{
    /// <summary>Not offered yet: its group has not begun. Known to the server alone.</summary>
    Planned,
    Offered,
    Downloading,

    /// <summary>All bytes are there, and they are the ones that were signed for.</summary>
    Downloaded,

    /// <summary>For the window, for a transaction to end, for the batch to be settled, or for the time to be known.</summary>
    Waiting,

    /// <summary>The lock stands; nothing has been touched.</summary>
    Locking,

    /// <summary>The installer fills a slot of its own; what runs is untouched.</summary>
    Installing,

    /// <summary>The slot is whole and on the disk; what runs is about to be exchanged.</summary>
    Switching,

    /// <summary>The new version runs and has to prove itself.</summary>
    Checking,
    RollingBack,
    Done,

    /// <summary>The old version runs, as before: the new one never did.</summary>
    Failed,

    /// <summary>The old version runs again.</summary>
    RolledBack,
    Stopped,

    /// <summary>An order that stops it is on its way. Known to the server alone.</summary>
    Stopping,

    /// <summary>The order was refused. Known to the server alone.</summary>
    Refused,
}

/// <summary>What can happen to an update at the terminal.</summary>
public enum UpdateHappening
{
    Begun,
    Succeeded,
    Failed,

    /// <summary>Something still keeps it from beginning.</summary>
    Kept,

    /// <summary>Nothing keeps it any more.</summary>
    Cleared,

    /// <summary>The downloaded bytes are gone from the disk.</summary>
    Lost,

    /// <summary>The program has started again in the middle of it.</summary>
    Interrupted,
    StopOrdered,
}

/// <summary>
/// The whole life of an update at a terminal, in one table: whatever is not listed does not happen. Only the exchange of one symbolic
/// link separates the old version from the new one, so there is nothing in between to be caught in.
/// </summary>
public static class UpdateTable
{
    /// <summary>An installer, or a new version, that the power was cut under so often is at fault itself.</summary>
    public const int MostTries = 3;

    /// <summary>Where it goes from here; null when that does not happen.</summary>
    /// <param name="tries">How often <paramref name="step"/> was begun, this time included.</param>
    public static UpdateStep? Next(UpdateStep step, UpdateHappening happening, int tries = 1) =>
        (step, happening) switch
        {
            (Offered, Begun) => Downloading,
            (Downloading, Succeeded) => Downloaded,
            (Downloading, UpdateHappening.Failed) => UpdateStep.Failed,
            (Downloaded or Waiting, Kept) => Waiting,
            (Downloaded or Waiting, Cleared) => Locking,
            (Downloaded or Waiting or Locking or Installing, Lost) => Downloading,
            (Locking, Kept) => Waiting,
            (Locking, Cleared) => Installing,
            (Installing, Succeeded) => Switching,
            (Installing, UpdateHappening.Failed) => UpdateStep.Failed,
            (Installing, Interrupted) => tries < MostTries ? Installing : UpdateStep.Failed,
            (Switching, Succeeded) => Checking,
            (Switching, UpdateHappening.Failed) => RollingBack,
            (Checking, Succeeded) => Done,
            (Checking, UpdateHappening.Failed) => RollingBack,
            (Checking, Interrupted) => tries < MostTries ? Checking : RollingBack,
            (RollingBack, Succeeded) => RolledBack,
            (Offered or Downloading or Downloaded or Waiting, StopOrdered) => Stopped,
            _ => null,
        };

    public static bool IsOver(UpdateStep step) =>
        step is Done or UpdateStep.Failed or RolledBack or Stopped or Refused;

    /// <summary>The shop is closed for it.</summary>
    public static bool IsLocked(UpdateStep step) =>
        step is Locking or Installing or Switching or Checking or RollingBack;

    /// <summary>It went wrong: counts against the rollout.</summary>
    public static bool IsError(UpdateStep step) =>
        step is UpdateStep.Failed or RolledBack or Refused;
}
