using Tillkeeper.Server.Campaigns;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Spans;
using Tillkeeper.Server.Console.Texts;

namespace Tillkeeper.Server.Console.Campaigns;

/// <summary>What lists of campaigns say, on the page and in their files.</summary>
internal static class CampaignColumns
{
    public static IReadOnlyList<Column<CampaignEndpoints.CampaignRow>> All { get; } =
    [
        new("campaigns.name", c => c.Name),
        new("campaigns.version", c => $"{c.Software} {c.Version}"),
        new("campaigns.status", c => Phrases.Current.Word("campaign_status", c.Status)),
        new("campaigns.terminals", c => Figure(c.Terminals)) { IsFigure = true },
        new("campaigns.done", c => Figure(c.Done)) { IsFigure = true },
        new("campaigns.errors", c => Figure(c.Errors)) { IsFigure = true },
        MomentColumn.Of<CampaignEndpoints.CampaignRow>("campaigns.created", c => c.CreatedAt) with
        {
            IsWide = true,
        },
    ];

    public static IReadOnlyList<Column<CampaignTerminalView>> Terminals { get; } =
    [
        new("campaigns.serial", t => t.Serial),
        new("campaigns.group", t => Figure(t.Group)) { IsFigure = true },
        new("campaigns.step", t => Phrases.Current.Word("update_step", t.Step)),
        new("campaigns.code", t => CodeOf(t.Code)),
        new("campaigns.took", t => SpanText.Of(t.Took, Phrases.Current)) { IsWide = true },
        new("campaigns.estimate", t => SpanText.Of(t.Estimate, Phrases.Current)) { IsWide = true },
        MomentColumn.Of<CampaignTerminalView>("campaigns.since", t => t.Since) with
        {
            IsWide = true,
        },
    ];

    /// <summary>Why a campaign paused itself, or what a terminal says; a code that has no words yet is shown as it came.</summary>
    public static string CodeOf(string? code) => Phrases.Current.Word("update_code", code);

    public static string Figure(int number) => number.ToString("N0", Phrases.Current.Culture);
}
