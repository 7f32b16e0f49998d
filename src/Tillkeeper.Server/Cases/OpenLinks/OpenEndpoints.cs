using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Tillkeeper.Core;
using Tillkeeper.Core.Locks.Texts;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Cases.OpenLinks;

/// <summary>
/// <c>GET</c> and <c>POST /open/{token}</c>: what a phone shows that has read the QR code of a lock screen. A stranger's page: it opens a
/// case or shows how one stands, and can do nothing else. The token, which no other site knows, is what keeps a forged form out.
/// </summary>
internal static class OpenEndpoints
{
    private const string Route = "/open/{token}";
    private static readonly DateTimeOffset ClockWorks = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private const int MostFields = 16;
    private const int LongestForm = 16 * 1024;

    private static readonly FormOptions Limits = new()
    {
        ValueCountLimit = MostFields,
        BufferBodyLengthLimit = LongestForm,
        ValueLengthLimit = LongestForm,
    };

    public static void MapOpenLinks(this IEndpointRouteBuilder app)
    {
        app.MapGet(Route, Show).At(Door.People).AllowAnonymous().ExcludeFromDescription();
        app.MapPost(Route, Open)
            .At(Door.People)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.Strangers)
            .ExcludeFromDescription();
    }

    private static async Task<IResult> Show(
        string token,
        HttpContext context,
        LinkReader reader,
        PolicyBook policies,
        Appender appender
    )
    {
        var language = LanguageOf(context.Request);
        if (reader.Verify(token) is not { } genuine)
        {
            return OpenPage.Dead("unknown", null, language, StatusCodes.Status404NotFound);
        }
        return await appender.Run(
            ActOf(genuine, context),
            work => Page(work, genuine, policies, language)
        );
    }

    private static async Task<IResult> Open(
        string token,
        HttpContext context,
        LinkReader reader,
        LinkOpening opening,
        PolicyBook policies,
        Appender appender
    )
    {
        var language = LanguageOf(context.Request);
        if (reader.Verify(token) is not { } genuine)
        {
            return OpenPage.Dead("unknown", null, language, StatusCodes.Status404NotFound);
        }
        if (await FormOf(context.Request) is not { } form)
        {
            return Problems.Of(Refusal.Invalid("form", "Send the form of the page."));
        }
        return await appender.Run(
            ActOf(genuine, context),
            work =>
            {
                if (LinkReader.Judge(work, genuine) is not { } link)
                {
                    return Page(work, genuine, policies, language);
                }
                return opening.Open(work, link, form) is { } refusal
                    ? Page(work, genuine, policies, language, form, refusal)
                    // Loaded again, the page shows the case and asks for nothing twice.
                    : Results.Redirect($"/open/{token}{OpenPage.Query(context.Request, language)}");
            }
        );
    }

    private static IResult Page(
        Work work,
        GenuineLink genuine,
        PolicyBook policies,
        CultureInfo language,
        OpenForm? form = null,
        Refusal? refusal = null
    )
    {
        var terminal = work.Load(Terminals.TerminalStreams.Kind, genuine.Terminal);
        var policy = policies.Of(work.Views, terminal);
        var phone = policy.Support.Phone;
        if (LinkReader.Judge(work, genuine) is not { } link)
        {
            return OpenPage.Dead("over", phone, language, StatusCodes.Status410Gone);
        }
        return OpenPage.Of(
            new OpenPageContent(
                link.Lock,
                // A terminal whose clock is dead cannot say since when.
                link.ByLinkAlone
                || link.Lock.Since < ClockWorks
                    ? null
                    : policy.At(link.Lock.Since),
                phone,
                policy.At(work.Now),
                LinkOpening.Standing(work, link),
                LinkOpening.MayOpen(work, link) ? LinkOpening.WaysOf(link.Lock) : [],
                form ?? OpenForm.Empty,
                refusal
            ),
            language
        );
    }

    /// <summary>What was filled in; null when it is no form, or more than ours.</summary>
    private static async Task<OpenForm?> FormOf(HttpRequest request)
    {
        if (!request.HasFormContentType || request.ContentLength is not <= LongestForm)
        {
            return null;
        }
        try
        {
            var form = await request.ReadFormAsync(Limits, request.HttpContext.RequestAborted);
            return new OpenForm(
                form["name"].ToString(),
                form["phone"].ToString(),
                form["wayOut"].ToString(),
                form["note"].ToString()
            );
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static Act ActOf(GenuineLink genuine, HttpContext context) =>
        new($"terminal/{genuine.Terminal}", context.Connection.RemoteIpAddress?.ToString() ?? "");

    private static CultureInfo LanguageOf(HttpRequest request) =>
        LockExplainer.Choose(
            request.Query["lang"].ToString() is { Length: > 0 } asked
                ? asked
                : request.Headers.AcceptLanguage.ToString()
        );
}
