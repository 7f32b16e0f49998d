using Tillkeeper.Core;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Campaigns;

/// <summary>
/// Brings terminals into line with their campaign, some at a time: offers the update while it runs, stops what has not begun once it is
/// paused or stopped.
/// </summary>
internal sealed class CampaignDriver : ITimerHandler
{
    /// <summary>Terminals decided in one go, so that everybody else's commands pass in between.</summary>
    private const int AtOnce = 64;

    private sealed record Row(string Terminal, int Group, UpdateStep Step, string Model);

    public string Kind => CampaignStreams.Timer;

    public void Fire(Work work, string key)
    {
        var campaign = work.Load(CampaignStreams.Kind, key);
        List<CampaignMoved> moves =
            campaign.Status == CampaignStatus.Running
                ? Offer(work, campaign)
                : Stop(work, campaign);
        if (moves.Count > 0)
        {
            Rollouts.Move(work, key, moves);
        }
    }

    private static List<CampaignMoved> Offer(Work work, CampaignState campaign)
    {
        var begun = campaign.Groups.Count(g => g.Started);
        List<CampaignMoved> moves = [];
        foreach (
            var row in Rows(
                work,
                "c.campaign = $1 AND c.step = 'planned' AND c.part < $2",
                campaign.Id,
                begun
            )
        )
        {
            var refusal = OfferTo(work, campaign, row, out var estimate);
            moves.Add(
                new CampaignMoved(
                    row.Terminal,
                    row.Group,
                    row.Step,
                    // One that cannot be reached at all is neither a success nor an error.
                    refusal is null
                        ? UpdateStep.Offered
                        : UpdateStep.Stopped,
                    refusal?.Code,
                    Estimate: estimate
                )
            );
        }
        return moves;
    }

    private static Refusal? OfferTo(
        Work work,
        CampaignState campaign,
        Row row,
        out TimeSpan? estimate
    )
    {
        estimate = null;
        if (work.Load(TerminalStreams.Kind, row.Terminal).Update is { } other)
        {
            if (other.Ordered.Campaign != campaign.Id && UpdateTable.IsLocked(other.Step))
            {
                return Refusal.Conflict("update_running", "Another update is being installed.");
            }
            Rollouts.Supersede(work, row.Terminal, other, campaign.Id);
        }
        var artifact = campaign.Artifact!;
        var expected = Estimates.Of(
            artifact,
            Rollouts.Durations(work.Views, artifact.Sha256, row.Model)
        );
        var update = new OrderedUpdate
        {
            Campaign = campaign.Id,
            Artifact = artifact,
            Window = campaign.Window,
            ForcedAt = work.Now + campaign.ForcedAfter,
            Estimate = expected,
            DowngradeBy = campaign.DowngradeBy,
        };
        var refusal = work.Decide(
            TerminalStreams.Kind,
            row.Terminal,
            row.Terminal,
            s => TerminalDecisions.Decide(s, new OrderUpdate(update), work.Now)
        ).Refusal;
        estimate = refusal is null ? expected : null;
        return refusal;
    }

    private static List<CampaignMoved> Stop(Work work, CampaignState campaign)
    {
        List<CampaignMoved> moves = [];
        foreach (
            var row in Rows(
                work,
                "c.campaign = $1 AND c.step IN ('offered', 'downloading', 'downloaded', 'waiting')",
                campaign.Id
            )
        )
        {
            var refusal = work.Decide(
                TerminalStreams.Kind,
                row.Terminal,
                row.Terminal,
                s => TerminalDecisions.Decide(s, new OrderUpdateStop(campaign.Id), work.Now)
            ).Refusal;
            moves.Add(
                new CampaignMoved(
                    row.Terminal,
                    row.Group,
                    row.Step,
                    UpdateStep.Stopping,
                    refusal?.Code
                )
            );
        }
        return moves;
    }

    private static List<Row> Rows(Work work, string where, params object[] values) =>
        work.Views.Query(
            $"SELECT c.terminal, c.part, c.step, t.model FROM campaign_terminals c JOIN terminals t ON t.id = c.terminal WHERE {where} ORDER BY c.part, c.terminal LIMIT {AtOnce}",
            r => new Row(
                r.GetString(0),
                r.GetInt32(1),
                Rollouts.StepOf(r.GetString(2)),
                r.GetString(3)
            ),
            values
        );
}
