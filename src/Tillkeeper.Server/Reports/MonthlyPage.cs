using System.Globalization;
using System.Net;
using System.Resources;
using System.Text;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Reports;

/// <summary>The monthly report as a page to be printed; the texts are in <c>Texts</c>.</summary>
internal sealed class MonthlyPage
{
    private static readonly ResourceManager Texts = new(
        "Tillkeeper.Server.Reports.Texts.MonthlyTexts",
        typeof(MonthlyPage).Assembly
    );
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-Hans");

    private const string Style = """
        body{font:10pt/1.5 "Noto Sans CJK SC","Noto Serif CJK SC",sans-serif;margin:0}h1{font-size:16pt}h2{font-size:12pt}
        table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:2px 6px;text-align:left}
        td+td{font-variant-numeric:tabular-nums}@page{size:A4;margin:18mm}
        """;

    private readonly StringBuilder html = new();
    private readonly string? language;

    private MonthlyPage(string? language) => this.language = language;

    /// <param name="language"><c>zh</c>, <c>en</c>, or null for both.</param>
    public static string Write(MonthlyReport report, string? language)
    {
        MonthlyPage page = new(language);
        page.Begin(report);
        page.Causes(report);
        page.Promises(report.Promises);
        page.Repeated(report.Repeated);
        page.html.Append(CultureInfo.InvariantCulture, $"<p>{page.Say("made")} ")
            .Append(UtcTimeJson.Write(report.MadeAt))
            .Append("</p></html>");
        return page.html.ToString();
    }

    private void Begin(MonthlyReport report)
    {
        html.Append(
            CultureInfo.InvariantCulture,
            $"<!doctype html><html lang={(language == "en" ? "en" : "zh-Hans")}><meta charset=utf-8><meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>{report.Month}</title><style>{Style}</style><h1>{Say("title")} {report.Month}</h1>"
        );
        if (!report.Complete)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{Say("incomplete")}</p>");
        }
        html.Append("<table>");
        Row(Say("locks"), Number(report.Locks));
        Row(Say("standing"), Number(report.Standing));
        Row(Say("false"), Number(report.FalseLocks.Locks));
        Row(Say("overturned"), Number(report.FalseLocks.Overturned));
        Row(Say("settled"), Number(report.Satisfaction.Settled));
        Row(Say("answers"), Number(report.Satisfaction.Answers));
        Row(
            Say("average"),
            report.Satisfaction.Average?.ToString("0.0", CultureInfo.InvariantCulture) ?? "–"
        );
        html.Append("</table>");
    }

    private void Causes(MonthlyReport report)
    {
        Head("causes", "cause", "locks", "ended", "median", "p90");
        foreach (var line in report.Causes)
        {
            Row(
                Say($"cause.{line.Cause}"),
                Number(line.Locks),
                Number(line.Ended),
                Time(line.MedianSeconds),
                Time(line.P90Seconds)
            );
        }
        End(report.Causes.Count);
    }

    private void Promises(Promises promises)
    {
        Head("promises", "promise", "kept", "missed", "share");
        foreach (
            var (name, p) in new[]
            {
                ("promise.cases", promises.Cases),
                ("promise.ends", promises.ExpectedEnds),
            }
        )
        {
            var share = p.Share?.ToString("0.0 %", CultureInfo.InvariantCulture) ?? "–";
            Row(Say(name), Number(p.Kept), Number(p.Missed), share);
        }
        html.Append("</table>");
    }

    private void Repeated(IReadOnlyList<RepeatedCause> repeated)
    {
        Head("repeated", "terminal", "cause", "locks");
        foreach (var line in repeated)
        {
            Row(WebUtility.HtmlEncode(line.Serial), Say($"cause.{line.Cause}"), Number(line.Locks));
        }
        End(repeated.Count);
    }

    private void Head(string title, params ReadOnlySpan<string> columns)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Say(title)}</h2><table><tr>");
        foreach (var column in columns)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th>{Say(column)}");
        }
        html.Append("</tr>");
    }

    /// <param name="cells">HTML already.</param>
    private void Row(params ReadOnlySpan<string> cells)
    {
        html.Append("<tr>");
        foreach (var cell in cells)
        {
            html.Append("<td>").Append(cell);
        }
        html.Append("</tr>\n");
    }

    private void End(int rows)
    {
        html.Append("</table>");
        if (rows == 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{Say("none")}</p>");
        }
    }

    private string Say(string key)
    {
        var (zh, en) = (
            Texts.GetString(key, Chinese) ?? key,
            Texts.GetString(key, CultureInfo.InvariantCulture) ?? key
        );
        return WebUtility.HtmlEncode(
            language switch
            {
                "zh" => zh,
                "en" => en,
                _ => $"{zh} · {en}",
            }
        );
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>E.g. <c>26:03:09</c>: hours, minutes, seconds.</summary>
    private static string Time(long? seconds) =>
        seconds is { } s
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{s / 3600}:{s / 60 % 60:00}:{s % 60:00}"
            )
            : "–";
}
