using Tillkeeper.Core.Campaigns;
using static Tillkeeper.Core.Campaigns.UpdateHappening;
using static Tillkeeper.Core.Campaigns.UpdateStep;

namespace Tillkeeper.Core.Tests.Campaigns;

/// <summary>The life of an update, once more as a table: what is not here does not happen.</summary>
public sealed class UpdateTableTests
{
    private static readonly (UpdateStep From, UpdateHappening Happening, UpdateStep To)[] Moves =
    [
        (Offered, Begun, Downloading),
        (Offered, StopOrdered, Stopped),
        (Downloading, Succeeded, Downloaded),
        (Downloading, UpdateHappening.Failed, UpdateStep.Failed),
        (Downloading, StopOrdered, Stopped),
        (Downloaded, Kept, Waiting),
        (Downloaded, Cleared, Locking),
        (Downloaded, Lost, Downloading),
        (Downloaded, StopOrdered, Stopped),
        (Waiting, Kept, Waiting),
        (Waiting, Cleared, Locking),
        (Waiting, Lost, Downloading),
        (Waiting, StopOrdered, Stopped),
        (Locking, Kept, Waiting),
        (Locking, Cleared, Installing),
        (Locking, Lost, Downloading),
        (Installing, Succeeded, Switching),
        (Installing, UpdateHappening.Failed, UpdateStep.Failed),
        (Installing, Interrupted, Installing),
        (Installing, Lost, Downloading),
        (Switching, Succeeded, Checking),
        (Switching, UpdateHappening.Failed, RollingBack),
        (Checking, Succeeded, Done),
        (Checking, UpdateHappening.Failed, RollingBack),
        (Checking, Interrupted, Checking),
        (RollingBack, Succeeded, RolledBack),
    ];

    [Fact]
    public void Exactly_what_is_listed_happens()
    {
        foreach (var step in Enum.GetValues<UpdateStep>())
        {
            foreach (var happening in Enum.GetValues<UpdateHappening>())
            {
                var listed = Moves
                    .Where(m => m.From == step && m.Happening == happening)
                    .Select(m => (UpdateStep?)m.To)
                    .FirstOrDefault();
                Assert.Equal(listed, UpdateTable.Next(step, happening));
            }
        }
    }

    [Fact]
    public void Whatever_is_interrupted_too_often_ends_in_the_old_version()
    {
        Assert.Equal(
            UpdateStep.Failed,
            UpdateTable.Next(Installing, Interrupted, UpdateTable.MostTries)
        );
        Assert.Equal(RollingBack, UpdateTable.Next(Checking, Interrupted, UpdateTable.MostTries));
    }

    [Fact]
    public void An_update_that_can_still_be_stopped_has_no_lock_and_one_that_has_a_lock_cannot_be() =>
        Assert.All(
            Enum.GetValues<UpdateStep>(),
            step =>
                Assert.False(
                    UpdateTable.IsLocked(step) && UpdateTable.Next(step, StopOrdered) is not null
                )
        );

    [Fact]
    public void From_every_step_with_a_lock_a_way_leads_to_its_end()
    {
        foreach (var step in Enum.GetValues<UpdateStep>().Where(UpdateTable.IsLocked))
        {
            HashSet<UpdateStep> seen = [step];
            Queue<UpdateStep> open = new([step]);
            while (open.TryDequeue(out var at))
            {
                foreach (var move in Moves.Where(m => m.From == at && seen.Add(m.To)))
                {
                    open.Enqueue(move.To);
                }
            }
            Assert.Contains(seen, UpdateTable.IsOver);
        }
    }
}
