using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Campaigns;

/// <summary>
/// Streams of campaigns and the views over them. A timer drives each as long as its fold says that terminals have to be offered
/// something, or stopped: so neither a restart nor a crash leaves a rollout lying.
/// </summary>
internal static class CampaignStreams
{
    public const string Timer = "campaign";

    public static StreamKind<CampaignState, ICampaignEvent> Kind { get; } =
        new(
            "campaign",
            EventCatalogue.Campaign,
            CoreJson.Default.CampaignState,
            CampaignState.Empty,
            CampaignState.Apply,
            Project
        );

    private static void Project(Views views, Projection<CampaignState, ICampaignEvent> p)
    {
        switch (p.Happened)
        {
            case CampaignCreated e:
                views.Write(
                    "INSERT INTO campaigns VALUES ($1, $2, $3, $4, $5, $6)",
                    p.Id,
                    e.Name,
                    e.Place,
                    e.ArtifactId,
                    Words.Of(p.After.Status),
                    p.At.ToUnixTimeMilliseconds()
                );
                break;
            case CampaignPlanned e:
                foreach (var terminal in e.Terminals)
                {
                    views.Write(
                        "INSERT INTO campaign_terminals VALUES ($1, $2, $3, 'planned', NULL, $4, NULL, NULL, $5)",
                        p.Id,
                        terminal,
                        e.Group,
                        p.After.Artifact!.Sha256,
                        p.At.ToUnixTimeMilliseconds()
                    );
                }
                break;
            case CampaignMoved e:
                views.Write(
                    "UPDATE campaign_terminals SET step = $3, code = $4, took = $5, estimate = $6, at = $7 WHERE campaign = $1 AND terminal = $2",
                    p.Id,
                    e.Terminal,
                    Words.Of(e.To),
                    e.Code,
                    Milliseconds(e.Took),
                    Milliseconds(e.Estimate),
                    p.At.ToUnixTimeMilliseconds()
                );
                break;
        }
        if (p.Before.Exists && p.Before.Status != p.After.Status)
        {
            views.Write(
                "UPDATE campaigns SET status = $2 WHERE id = $1",
                p.Id,
                Words.Of(p.After.Status)
            );
        }
        if (p.After.NeedsDriving)
        {
            Timers.Set(views, Timer, p.Id, p.At.AddMilliseconds(1));
        }
        else if (p.Before.NeedsDriving)
        {
            Timers.Cancel(views, Timer, p.Id);
        }
    }

    private static long? Milliseconds(TimeSpan? time) =>
        time is { } t ? (long)t.TotalMilliseconds : null;
}
