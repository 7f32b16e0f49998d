using System.Globalization;
using System.Text;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Crisis;

/// <summary>The report on a crisis as Markdown, in English or Chinese; steps and names as they stand on record.</summary>
internal static class CrisisReport
{
    public static string Write(CrisisView crisis, CultureInfo culture)
    {
        var chinese = culture.TwoLetterISOLanguageName == "zh";
        string Say(string english, string simplified) => chinese ? simplified : english;
        StringBuilder text = new();
        void Line(FormattableString line) =>
            text.Append(FormattableString.Invariant(line)).Append('\n');

        var what = crisis.Rule is { } rule ? Words.Of(rule) : crisis.BatchId;
        Line($"# {Say("Crisis", "危机")} {crisis.Id}: {what}\n");
        Line($"| | |\n|---|---|");
        Line($"| {Say("State", "状态")} | {Words.Of(crisis.State)} |");
        Line($"| {Say("Since", "开始")} | {UtcTimeJson.Write(crisis.Since)} |");
        Line(
            $"| {Say("Until", "结束")} | {(crisis.Until is { } u ? UtcTimeJson.Write(u) : "–")} |"
        );
        Line($"| {Say("Reason", "原因")} | {Cell(crisis.Reason)} |");
        Line(
            $"| {Say("Terminals locked", "被锁定的终端")} | {crisis.Counts.Terminals} / {crisis.Counts.Fleet} |"
        );
        Line(
            $"| {Say("Locks standing / releasing / gone", "锁定中/解除中/已解除")} | {crisis.Counts.Standing} / {crisis.Counts.Releasing} / {crisis.Counts.Released} |"
        );
        Line(
            $"| {Say("Message to the shops", "发给商户的消息")} | {Cell(crisis.Message ?? "–")} |\n"
        );

        Line($"## {Say("What they have in common", "共同因素")}\n");
        Line(
            $"| {Say("property", "属性")} | {Say("value", "值")} | {Say("of the locked", "被锁定者占比")} | {Say("of the fleet", "全部终端占比")} |\n|---|---|---|---|"
        );
        foreach (var f in crisis.Factors)
        {
            var fleet = f.FleetShare is { } share ? CrisisTimeline.Percent(share) : "–";
            Line(
                $"| {Cell(f.Name)} | {Cell(f.Value)} | {CrisisTimeline.Percent(f.LockedShare)} | {fleet} |"
            );
        }
        Line($"\n## {Say("Timeline", "时间线")}\n");
        Line(
            $"| {Say("at (UTC)", "时间(UTC)")} | {Say("by", "操作者")} | {Say("what", "内容")} |\n|---|---|---|"
        );
        foreach (var step in crisis.Timeline)
        {
            Line($"| {UtcTimeJson.Write(step.At)} | {Cell(step.By)} | {Cell(step.What)} |");
        }
        return text.ToString();
    }

    /// <summary>Words of strangers in a table cell: no line of theirs ends it, no markup of theirs takes effect.</summary>
    private static string Cell(string words)
    {
        StringBuilder cell = new(words.Length);
        foreach (var c in words)
        {
            if (char.IsControl(c))
            {
                cell.Append(' ');
                continue;
            }
            if (c is '|' or '\\' or '`' or '*' or '_' or '<' or '>' or '[' or ']' or '#' or '!')
            {
                cell.Append('\\');
            }
            cell.Append(c);
        }
        return cell.ToString();
    }
}
