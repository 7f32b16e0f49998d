using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Journal;
using Tillkeeper.Agent.Link;
using Tillkeeper.Agent.Transactions;
using Tillkeeper.Core.Campaigns;

namespace Tillkeeper.Agent.Updates;

/// <summary>
/// Carries an update from step to step. Where it stands is in the journal, written down before the step is begun; so after a power cut it
/// does the step again, and every step can be done again.
/// </summary>
internal sealed partial class UpdateRunner(
    Till till,
    AgentOptions options,
    ArtifactDownload download,
    UpdateCommands commands,
    UpdateForecast forecast,
    OpenTransactions transactions,
    DeviceClock clock,
    UpdateWake wake,
    ILogger<UpdateRunner> logger
)
{
    /// <summary>A window opens, a transaction ends: noticed within this.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private readonly Slots slots = new(options.Updates?.Software ?? "/nonexistent");
    private readonly Backoff backoff = new();

    public async Task RunAsync(CancellationToken stop)
    {
        if (options.Updates is null)
        {
            await AbandonAsync();
            return;
        }
        await ResumeAsync();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await AdvanceAsync(stop))
                {
                    backoff.Reset();
                    continue;
                }
                await wake.WaitAsync(Between, stop);
            }
            catch (Exception e)
                when (ServerFailure.IsOne(e, stop) || e is UnauthorizedAccessException)
            {
                LogAgain(ServerFailure.Describe(e));
                await wake.WaitAsync(backoff.Next(), stop);
            }
        }
    }

    /// <summary>What was in hand when the program ended, whatever ended it.</summary>
    private async Task ResumeAsync()
    {
        // In the middle of an update nobody can say yet what runs.
        if (
            slots.Running is { } running
            && !till.IsLost
            && !(till.State.Update is { } hand && UpdateTable.IsLocked(hand.Step))
        )
        {
            await till.AskAsync(new FindSoftware(running));
        }
        if (till.State.Update is { Step: UpdateStep.Installing or UpdateStep.Checking } update)
        {
            LogInterrupted(update.Step, update.Tries);
            await StepAsync(
                update,
                UpdateHappening.Interrupted,
                slot: update.Step == UpdateStep.Installing
                    ? slots.NewFor(update.Ordered.Artifact)
                    : null,
                previous: update.Previous
            );
        }
    }

    /// <summary>The program was started without an installer in the middle of an update: it cannot go on, and must not stay locked.</summary>
    private async Task AbandonAsync()
    {
        for (
            var update = till.State.Update;
            update is { IsOver: false };
            update = till.State.Update
        )
        {
            var happening = update.Step switch
            {
                UpdateStep.Offered or UpdateStep.Downloaded or UpdateStep.Waiting =>
                    UpdateHappening.StopOrdered,
                UpdateStep.Locking => UpdateHappening.Cleared,
                _ => UpdateHappening.Failed,
            };
            if (
                update.Step is UpdateStep.Switching or UpdateStep.Checking or UpdateStep.RollingBack
                || !await StepAsync(update, happening, "no_installer")
            )
            {
                LogCannotEnd(update.Step);
                return;
            }
        }
    }

    /// <summary>One step further; false when there is nothing to do until something happens.</summary>
    internal async Task<bool> AdvanceAsync(CancellationToken stop)
    {
        if (till.IsLost || till.State.Update is not { IsOver: false } update)
        {
            return false;
        }
        return update.Step switch
        {
            UpdateStep.Offered => await StepAsync(update, UpdateHappening.Begun),
            UpdateStep.Downloading => await FetchAsync(update, stop),
            UpdateStep.Downloaded or UpdateStep.Waiting => await WaitAsync(update),
            UpdateStep.Locking => await BeginAsync(update, stop),
            UpdateStep.Installing => await InstallAsync(update, stop),
            UpdateStep.Switching => await SwitchAsync(update, update.Slot),
            UpdateStep.Checking => await CheckAsync(update, stop),
            UpdateStep.RollingBack => await SwitchAsync(update, update.Previous),
            _ => false,
        };
    }

    private async Task<bool> FetchAsync(DeviceUpdate update, CancellationToken stop)
    {
        download.KeepOnly(update.Ordered.Artifact);
        var never = await download.FetchAsync(
            update.Ordered.Artifact,
            () =>
                till.State.Update is { Step: UpdateStep.Downloading } now
                && now.Ordered == update.Ordered,
            stop
        );
        return await StepAsync(
            update,
            never is null ? UpdateHappening.Succeeded : UpdateHappening.Failed,
            never
        );
    }

    private async Task<bool> WaitAsync(DeviceUpdate update)
    {
        if (Keeps(update) is not { } kept)
        {
            return await StepAsync(update, UpdateHappening.Cleared, newLockId: NewId.Lock());
        }
        // A transaction is short: not worth a line in the journal for each.
        return kept != UpdateGate.Transaction
            && update.Code != kept
            && await StepAsync(update, UpdateHappening.Kept, kept);
    }

    /// <summary>
    /// The lock stands, so nothing new begins. A transaction that began just before it goes on to its end, and may have left a batch
    /// unsettled: asked once more, before anything is touched.
    /// </summary>
    private async Task<bool> BeginAsync(DeviceUpdate update, CancellationToken stop)
    {
        switch (Keeps(update))
        {
            case UpdateGate.Transaction when !IsTooLong(update):
                return false;
            case { } kept:
                return await StepAsync(update, UpdateHappening.Kept, kept);
        }
        if (!await download.IsWholeAsync(update.Ordered.Artifact, stop))
        {
            return await StepAsync(update, UpdateHappening.Lost, "artifact_lost");
        }
        return await StepAsync(
            update,
            UpdateHappening.Cleared,
            slot: slots.NewFor(update.Ordered.Artifact),
            previous: slots.Running?.Slot
        );
    }

    private async Task<bool> InstallAsync(DeviceUpdate update, CancellationToken stop)
    {
        if (!await download.IsWholeAsync(update.Ordered.Artifact, stop))
        {
            return await StepAsync(update, UpdateHappening.Lost, "artifact_lost");
        }
        var problem = await FillAsync(update, stop);
        return problem is null
            ? await StepAsync(update, UpdateHappening.Succeeded)
            : await EndAsync(update, UpdateHappening.Failed, problem);
    }

    /// <summary>Null when the slot is whole and on the disk. A disk that refuses must not keep the shop closed for ever.</summary>
    private async Task<string?> FillAsync(DeviceUpdate update, CancellationToken stop)
    {
        try
        {
            slots.KeepOnly(slots.Running?.Slot);
            slots.Prepare(update.Slot!);
            var problem = await WatchedAsync(
                commands.InstallAsync(update, download.PathOf(update.Ordered.Artifact), slots, stop)
            );
            if (problem is null)
            {
                slots.Complete(update.Slot!);
            }
            return problem;
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            LogDisk(e);
            return "disk_failed";
        }
    }

    private async Task<bool> SwitchAsync(DeviceUpdate update, string? slot)
    {
        try
        {
            slots.Switch(slot);
        }
        catch (Exception e) when (IsOfTheDisk(e) && update.Step == UpdateStep.Switching)
        {
            LogDisk(e);
            return await StepAsync(update, UpdateHappening.Failed, "disk_failed");
        }
        LogSwitched(slot);
        return update.Step == UpdateStep.RollingBack
            ? await EndAsync(update, UpdateHappening.Succeeded, update.Code)
            : await StepAsync(update, UpdateHappening.Succeeded);
    }

    private async Task<bool> CheckAsync(DeviceUpdate update, CancellationToken stop) =>
        await WatchedAsync(commands.CheckAsync(update, slots, stop)) is { } problem
            ? await StepAsync(update, UpdateHappening.Failed, problem)
            : await EndAsync(update, UpdateHappening.Succeeded, code: null);

    /// <summary>The last step: what is no longer needed goes, once it is written down.</summary>
    private async Task<bool> EndAsync(DeviceUpdate update, UpdateHappening happening, string? code)
    {
        if (!await StepAsync(update, happening, code))
        {
            return false;
        }
        slots.KeepOnly(slots.Running?.Slot, update.Previous);
        download.KeepOnly(null);
        return true;
    }

    private async Task<string?> WatchedAsync(Task<string?> work)
    {
        using var done = new CancellationTokenSource();
        var watching = forecast.WatchAsync(slots, done.Token);
        try
        {
            return await work;
        }
        finally
        {
            await done.CancelAsync();
            await watching;
        }
    }

    /// <summary>Of the folder with the software; a journal that breaks ends the program.</summary>
    private static bool IsOfTheDisk(Exception e) =>
        e is (IOException and not JournalBrokenException) or UnauthorizedAccessException;

    private string? Keeps(DeviceUpdate update)
    {
        var state = till.State;
        return UpdateGate.Keeps(
            update.Ordered,
            new UpdateHindrance(
                transactions.AnyUnwritten,
                state.Unsettled,
                UpdateAbility.ZoneOf(update.Ordered.Window?.Zone),
                state.Policy.Update.OverUnsettledAfter,
                // What was begun inside the window is not given up because it closes.
                update.Step == UpdateStep.Locking
            ),
            clock.Now
        );
    }

    private bool IsTooLong(DeviceUpdate update) =>
        update.LockedAt is { } since
        && clock.Now.Clock.ProvenSince(since) > till.State.Policy.Transaction.LongestWait;

    private async Task<bool> StepAsync(
        DeviceUpdate update,
        UpdateHappening happening,
        string? code = null,
        string? newLockId = null,
        string? slot = null,
        string? previous = null
    )
    {
        var answer = await till.AskAsync(
            new StepUpdate(update.Ordered.Campaign, happening, code, newLockId, slot, previous)
        );
        if (answer.Refusal is { } refusal)
        {
            LogRefused(happening, refusal.Detail);
            return false;
        }
        foreach (var step in answer.Events.OfType<UpdateStepped>())
        {
            LogStep(step.Campaign, step.Step, step.Code);
        }
        return true;
    }
}
