using System.Globalization;
using System.Net;
using System.Resources;
using System.Text;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Complaints.Proof;

/// <summary>The packet as a page to be printed, each heading in Chinese and English; the texts are in <c>Texts</c>.</summary>
internal static class PacketPage
{
    private static readonly ResourceManager Texts = new(
        "Tillkeeper.Server.Complaints.Proof.Texts.PacketTexts",
        typeof(PacketPage).Assembly
    );
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-Hans");

    private const string Style = """
        body{font:10pt/1.5 "Noto Sans CJK SC","Noto Serif CJK SC",sans-serif;margin:0}h1{font-size:16pt}h2{font-size:12pt}
        table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:2px 6px;text-align:left;vertical-align:top}
        code{font:7pt monospace;white-space:nowrap}@page{size:A4;margin:18mm}
        """;

    public static string Write(Packet packet)
    {
        StringBuilder html = new();
        void Add(FormattableString line) =>
            html.Append(FormattableString.Invariant(line)).Append('\n');
        void Row(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                Add($"<tr><th>{Say(key)}</th><td>{WebUtility.HtmlEncode(value)}</td></tr>");
            }
        }

        var about = packet.Complaint;
        Add(
            $"<!doctype html><html lang=zh-Hans><meta charset=utf-8><meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>{about.Id}</title><style>{Style}</style>"
        );
        Add($"<h1>{Say("title")}</h1><table>");
        Row("complaint", about.Id);
        Row("kind", Say($"kind.{about.Kind}", encode: false));
        Row("opened", UtcTimeJson.Write(about.OpenedAt));
        Row("terminal", about.TerminalId);
        Row("lock", packet.Lock is { } l ? $"{l.Code} · {about.LockId}" : about.LockId);
        Row("locked", packet.Lock is { } s ? UtcTimeJson.Write(s.Since) : null);
        Row("expected", packet.Lock?.ExpectedEnd is { } end ? UtcTimeJson.Write(end) : null);
        Row("case", about.CaseId);
        Row("text", about.Text);
        Row("outcome", about.Outcome is { } o ? Say($"outcome.{o}", encode: false) : null);
        Row("reason", about.Reason);
        Add($"</table><h2>{Say("promises")}</h2><table>");
        Add(
            $"<tr><th>{Say("level")}<th>{Say("since")}<th>{Say("due")}<th>{Say("answered")}<th>{Say("kept")}</tr>"
        );
        foreach (var p in packet.Promises)
        {
            var kept = p.Kept switch
            {
                true => Say("yes"),
                false => Say("no"),
                null => "–",
            };
            Add(
                $"<tr><td>{Say($"level.{p.Level}")}<td>{Time(p.Since)}<td>{Time(p.Due)}<td>{Time(p.AnsweredAt)}<td>{kept}</tr>"
            );
        }
        Add(
            $"</table><h2>{Say("events")}</h2><p>{Say(packet.Verified ? "verified" : "broken")}</p><table>"
        );
        Add(
            $"<tr><th>{Say("time")}<th>{Say("event")}<th>{Say("place")}</tr><tr><th colspan=3>{Say("hash")}</tr>"
        );
        foreach (var e in packet.Events)
        {
            Add(
                $"<tr><td>{Time(e.At)}<td>{WebUtility.HtmlEncode(e.Type)}<td>{e.Shard}/{e.Seq}</tr><tr><td colspan=3><code>{e.Hash}</code></tr>"
            );
        }
        Add($"</table><p>{Say("footer")} {Time(packet.MadeAt)}</p></html>");
        return html.ToString();
    }

    private static string Time(DateTimeOffset? at) =>
        at is { } known ? UtcTimeJson.Write(known) : "–";

    private static string Say(string key, bool encode = true)
    {
        var text =
            $"{Texts.GetString(key, Chinese)} · {Texts.GetString(key, CultureInfo.InvariantCulture)}";
        return encode ? WebUtility.HtmlEncode(text) : text;
    }
}
