using System.Globalization;
using System.Resources;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Tillkeeper.Core;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Locks.Texts;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Cases.OpenLinks;

/// <param name="Since">Null where the terminal has not reported it yet.</param>
/// <param name="Case">The unsettled case; then no form is shown.</param>
/// <param name="Ways">What may be asked for; none when only the phone is left.</param>
/// <param name="Refusal">Why what was filled in did not do.</param>
internal sealed record OpenPageContent(
    Lock Lock,
    DateTimeOffset? Since,
    string SupportPhone,
    DateTimeOffset Now,
    CaseState? Case,
    IReadOnlyList<WayOut> Ways,
    OpenForm Form,
    Refusal? Refusal
);

/// <summary>The page itself: plain HTML for any phone, without script; whatever comes from outside is encoded.</summary>
internal static class OpenPage
{
    private const string Style = """
        :root{color-scheme:light;font:17px/1.5 system-ui,"Noto Sans","Noto Sans CJK SC",sans-serif;color:#111;background:#fff}
        *{box-sizing:border-box}body{margin:0}main{max-width:34rem;margin:0 auto;padding:.8rem 1rem 2rem}h1{font-size:1.3rem;line-height:1.3;margin:.6rem 0}
        h2{font-size:1.1rem;margin:1.4rem 0 .3rem}p{margin:.5rem 0}header{display:flex;justify-content:space-between;gap:1rem;padding:.5rem 1rem;background:#a3120d;color:#fff}
        header b{font-weight:700}header a{color:#fff}.soft{color:#4a4a4a}.number{font:700 2.2rem/1.2 ui-monospace,"DejaVu Sans Mono",monospace;letter-spacing:.06em;margin:.3rem 0}
        .note{border-left:.4rem solid #0b4f9e;background:#f1f1ef;padding:.6rem .8rem}.bad{border-color:#a3120d;font-weight:600}
        label,legend{display:block;font-weight:600;margin:.9rem 0 .2rem;padding:0}fieldset{border:0;margin:0;padding:0}.way{display:flex;gap:.6rem;align-items:baseline;font-weight:400;margin:.3rem 0}
        input,textarea,button{font:inherit;color:inherit}input[type=text],input[type=tel],textarea{width:100%;padding:.55rem;border:2px solid #4a4a4a;border-radius:.3rem;background:#fff}
        button{width:100%;margin-top:1.1rem;padding:.7rem;border:0;border-radius:.3rem;background:#0b4f9e;color:#fff;font-weight:700}
        :focus-visible{outline:3px solid #0b4f9e;outline-offset:2px}header a:focus-visible{outline-color:#fff}
        """;

    private static readonly ResourceManager Texts = new(
        "Tillkeeper.Server.Cases.OpenLinks.Texts.OpenTexts",
        typeof(OpenPage).Assembly
    );

    // One file for all of the page: the style is named by its hash, so that nothing else can be put in.
    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The page of a lock that stands, with its case or the form for one.</summary>
    public static IResult Of(OpenPageContent content, CultureInfo language)
    {
        var told = LockExplainer.Explain(
            content.Lock,
            new ExplanationContext(content.Now, content.SupportPhone),
            language
        );
        StringBuilder html = new();
        Tag(html, "h1", told.Title);
        if (content.Case is { } known)
        {
            AddCase(html, known, content.SupportPhone, language);
        }
        Tag(html, "p", told.Safe);
        html.Append("<p><b>").Append(Say("works", language)).Append("</b>");
        html.Append(Encode(told.StillWorks)).Append("</p>");
        html.Append("<p><b>").Append(Say("next", language)).Append("</b>");
        html.Append(Encode(told.Next)).Append("</p>");
        if (content.Since is { } since)
        {
            html.Append("<p class=\"soft\">").Append(Say("since", language, TimeOf(since)));
            html.Append("</p>");
        }
        if (content.Case is null)
        {
            if (content.Ways.Count > 0)
            {
                AddForm(html, content, language);
            }
            else
            {
                Note(html, "", Say("call", language, content.SupportPhone));
            }
        }
        return new HtmlPage(Frame(html, language), StatusOf(content.Refusal), Policy, language);
    }

    /// <summary>The page of a link that opens nothing.</summary>
    public static IResult Dead(string why, string? phone, CultureInfo language, int status)
    {
        StringBuilder html = new();
        html.Append("<h1>").Append(Say($"{why}.title", language)).Append("</h1>");
        html.Append("<p>").Append(Say($"{why}.text", language)).Append("</p>");
        if (phone is not null)
        {
            Note(html, "", Say("call", language, phone));
        }
        return new HtmlPage(Frame(html, language), status, Policy, language);
    }

    /// <summary>Keeps a language that was asked for over a redirect.</summary>
    public static string Query(HttpRequest request, CultureInfo language) =>
        request.Query.ContainsKey("lang") ? $"?lang={language.TwoLetterISOLanguageName}" : "";

    private static void AddCase(
        StringBuilder html,
        CaseState known,
        string phone,
        CultureInfo language
    )
    {
        html.Append("<div class=\"note\"><p>").Append(Say("case.number", language)).Append("</p>");
        html.Append("<p class=\"number\">")
            .Append(Encode(known.Number ?? known.Id))
            .Append("</p><p>");
        html.Append(Say($"case.{Words.Of(known.Status)}", language)).Append("</p><p>");
        html.Append(Say("case.phone", language, phone)).Append("</p></div>");
    }

    private static void AddForm(StringBuilder html, OpenPageContent content, CultureInfo language)
    {
        var form = content.Form;
        html.Append("<h2>").Append(Say("form.title", language)).Append("</h2>");
        if (content.Refusal is { } refusal)
        {
            Note(html, " bad", Say(ProblemOf(refusal), language));
        }
        html.Append("<form method=\"post\" autocomplete=\"off\"><fieldset><legend>");
        html.Append(Say("form.way", language)).Append("</legend>");
        foreach (var way in content.Ways)
        {
            var word = Words.Of(way);
            var chosen = form.WayOut.Length == 0 ? way == content.Ways[0] : form.WayOut == word;
            html.Append(
                "<label class=\"way\"><input type=\"radio\" name=\"wayOut\" required value=\""
            );
            html.Append(word).Append(chosen ? "\" checked> " : "\"> ").Append("<span>");
            html.Append(Say($"way.{word}", language)).Append("</span></label>");
        }
        html.Append("</fieldset>");
        Field(html, "text", "name", form.Name, 100, language);
        Field(html, "tel", "phone", form.Phone, 40, language);
        html.Append("<label for=\"note\">").Append(Say("form.note", language));
        html.Append("</label><textarea id=\"note\" name=\"note\" rows=\"3\" maxlength=\"500\">\n");
        html.Append(Encode(form.Note)).Append("</textarea><p class=\"soft\">");
        html.Append(Say("form.never", language)).Append("</p><button>");
        html.Append(Say("form.send", language)).Append("</button></form>");
        html.Append("<p class=\"soft\">").Append(Say("form.after", language)).Append("</p>");
    }

    private static void Field(
        StringBuilder html,
        string type,
        string name,
        string value,
        int longest,
        CultureInfo language
    ) =>
        html.Append(
            CultureInfo.InvariantCulture,
            $"<label for=\"{name}\">{Say($"form.{name}", language)}</label><input type=\"{type}\" id=\"{name}\" name=\"{name}\" maxlength=\"{longest}\" required value=\"{Encode(value)}\">"
        );

    private static int StatusOf(Refusal? refusal) =>
        refusal?.Kind switch
        {
            null => StatusCodes.Status200OK,
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status422UnprocessableEntity,
        };

    private static string ProblemOf(Refusal refusal) =>
        refusal switch
        {
            { Field: "applicant.name" } => "problem.name",
            { Field: "applicant.phone" } => "problem.phone",
            { Field: "note" } => "problem.note",
            _ => "problem.way",
        };

    private static string Frame(StringBuilder body, CultureInfo language)
    {
        var other = language.TwoLetterISOLanguageName == "zh" ? "en" : "zh";
        return $"""
            <!doctype html>
            <html lang="{language.Name}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Say(
                "title",
                language
            )}</title><style>{Style}</style></head>
            <body><header><b>{Say("title", language)}</b><a href="?lang={other}">{Say(
                "other",
                language
            )}</a></header><main>{body}</main></body></html>
            """;
    }

    private static void Tag(StringBuilder html, string tag, string text) =>
        html.Append('<')
            .Append(tag)
            .Append('>')
            .Append(Encode(text))
            .Append("</")
            .Append(tag)
            .Append('>');

    private static void Note(StringBuilder html, string kind, string encoded) =>
        html.Append("<p class=\"note").Append(kind).Append("\">").Append(encoded).Append("</p>");

    private static string Say(string key, CultureInfo language, params string[] values) =>
        Encode(
            string.Format(
                CultureInfo.InvariantCulture,
                Texts.GetString(key, language)
                    ?? throw new InvalidOperationException($"There is no text '{key}'."),
                values
            )
        );

    private static string TimeOf(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Encode(string text) => Encoder.Encode(text);
}
