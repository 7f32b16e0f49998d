using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Campaigns;

/// <summary>What campaigns make of what happens to their terminals, in the same command.</summary>
internal static class Rollouts
{
    /// <summary>
    /// A terminal reported, or enrolled again: its campaign hears how far its update is. Costs nothing while the step stays the same.
    /// </summary>
    public static void Observe(
        Work work,
        string terminal,
        TrackedUpdate? before,
        TrackedUpdate? after
    )
    {
        if (before is null || (after?.Step == before.Step && after.Code == before.Code))
        {
            return;
        }
        var campaign = before.Ordered.Campaign;
        if (Find(work, campaign, terminal) is not { } row || UpdateTable.IsOver(row.Step))
        {
            return;
        }
        var state = work.Load(CampaignStreams.Kind, campaign);
        var to = Shown(state, after);
        if (to == row.Step && to != UpdateStep.Waiting)
        {
            return;
        }
        Move(
            work,
            campaign,
            [
                new CampaignMoved(
                    terminal,
                    row.Group,
                    row.Step,
                    to,
                    after?.Code,
                    after?.Took,
                    before.Ordered.Estimate
                ),
            ]
        );
        Warn(work, terminal, state, after);
    }

    /// <summary>Another campaign's update comes: the one that has not begun gives way, here as at the terminal.</summary>
    public static void Supersede(Work work, string terminal, TrackedUpdate other, string by)
    {
        var campaign = other.Ordered.Campaign;
        if (
            campaign != by
            && !UpdateTable.IsOver(other.Step)
            && Find(work, campaign, terminal) is { } row
            && !UpdateTable.IsOver(row.Step)
        )
        {
            Move(
                work,
                campaign,
                [new CampaignMoved(terminal, row.Group, row.Step, UpdateStep.Stopped, "superseded")]
            );
        }
    }

    public static void Move(Work work, string campaign, IReadOnlyList<CampaignMoved> moves)
    {
        var decision = work.Decide(
            CampaignStreams.Kind,
            campaign,
            campaign,
            s => CampaignDecisions.Decide(s, new MoveTerminals([.. moves]))
        );
        if (decision.Events.OfType<CampaignPaused>().FirstOrDefault() is { } paused)
        {
            var state = work.Load(CampaignStreams.Kind, campaign);
            Alerts.Raise(
                work,
                new NewAlert(
                    "campaign_paused",
                    AlertKey(campaign),
                    Severity.High,
                    state.Place,
                    Facts: new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["campaign"] = campaign,
                        ["name"] = state.Name,
                        ["reason"] = paused.Reason,
                        ["group"] = $"{state.Current + 1}",
                        ["errors"] = $"{state.Groups.Sum(g => g.Errors)}",
                    }
                )
            );
        }
    }

    public static UpdateStep StepOf(string word) =>
        Words.TryParse<UpdateStep>(word, out var step)
            ? step
            : throw new InvalidOperationException($"The view holds a step that is none: {word}.");

    public static string AlertKey(string campaign) => $"campaign_paused/{campaign}";

    /// <summary>What the same artifact took on the same model, the newest first.</summary>
    public static List<TimeSpan> Durations(Views views, string sha256, string model) =>
        views.Query(
            $"SELECT c.took FROM campaign_terminals c JOIN terminals t ON t.id = c.terminal WHERE c.sha256 = $1 AND c.step = 'done' AND t.model = $2 AND c.took IS NOT NULL ORDER BY c.at DESC LIMIT {Estimates.Most}",
            r => TimeSpan.FromMilliseconds(r.GetInt64(0)),
            sha256,
            model
        );

    /// <summary>How the campaign shows it: what was stopped by a pause is planned again.</summary>
    private static UpdateStep Shown(CampaignState state, TrackedUpdate? after) =>
        after switch
        {
            // It enrolled again and has forgotten.
            null => UpdateStep.Planned,
            { Step: UpdateStep.Stopped, Code: null } when state.Status != CampaignStatus.Stopped =>
                UpdateStep.Planned,
            { Stopping: true }
                when !UpdateTable.IsOver(after.Step) && !UpdateTable.IsLocked(after.Step) =>
                UpdateStep.Stopping,
            _ => after.Step,
        };

    /// <summary>An update that only waits for the batch waits for somebody to settle it.</summary>
    private static void Warn(Work work, string terminal, CampaignState state, TrackedUpdate? after)
    {
        var key = $"update_waits_for_batch/{terminal}";
        if (after is { Step: UpdateStep.Waiting, Code: UpdateGate.Batch })
        {
            Alerts.Raise(
                work,
                new NewAlert(
                    "update_waits_for_batch",
                    key,
                    Severity.Low,
                    (string?)
                        work.Views.Scalar("SELECT place FROM terminals WHERE id = $1", terminal)
                        ?? state.Place,
                    terminal,
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["terminal"] = terminal,
                        ["campaign"] = state.Id,
                        ["version"] = state.Artifact!.Version,
                    }
                )
            );
        }
        else
        {
            Alerts.Clear(work, key);
        }
    }

    private static (int Group, UpdateStep Step)? Find(Work work, string campaign, string terminal)
    {
        var rows = work.Views.Query(
            "SELECT part, step FROM campaign_terminals WHERE campaign = $1 AND terminal = $2",
            r => (r.GetInt32(0), StepOf(r.GetString(1))),
            campaign,
            terminal
        );
        return rows is [var row] ? row : null;
    }
}
