using Microsoft.AspNetCore.Antiforgery;
using Tillkeeper.Core;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;

namespace Tillkeeper.Server.People.Sessions;

/// <summary>
/// A browser sends its cookies with whatever another site makes it send: what changes something and comes by a session, or is a form of ours,
/// must bring the token that only our own pages hold. A key in the header needs none, no site can add it.
/// </summary>
internal static class FormGuard
{
    public static void UseFormGuard(this WebApplication app)
    {
        var portal = app.Services.GetRequiredService<ServerOptions>().PublicPortal;
        app.Use(
            async (context, next) =>
            {
                if (!NeedsToken(context))
                {
                    await next(context);
                    return;
                }
                var antiforgery = context.RequestServices.GetRequiredService<IAntiforgery>();
                if (
                    IsFromElsewhere(context.Request, portal)
                    || !await antiforgery.IsRequestValidAsync(context)
                )
                {
                    var refusal = Refusal.Forbidden(
                        "This form is no longer good. Load the page again and send it once more.",
                        "form_expired"
                    );
                    await (
                        Pages.IsPage(context) ? Pages.Refused(refusal) : Problems.Of(refusal)
                    ).ExecuteAsync(context);
                    return;
                }
                await next(context);
            }
        );
    }

    private static bool NeedsToken(HttpContext context)
    {
        if (
            HttpMethods.IsGet(context.Request.Method)
            || HttpMethods.IsHead(context.Request.Method)
            || context.Features.Get<Acting>() is not null
        )
        {
            return false;
        }
        var person = Person.Find(context);
        return person is null ? Pages.IsPage(context) : person.Session is not null;
    }

    /// <summary>What the browser itself says of where a request comes from: by Fetch Metadata, or where it sends none, by its <c>Origin</c>.</summary>
    private static bool IsFromElsewhere(HttpRequest request, Uri portal)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is "cross-site" or "same-site";
        }
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !IsSame(origin, $"{request.Scheme}://{request.Host}")
            && !IsSame(origin, portal.GetLeftPart(UriPartial.Authority));
    }

    private static bool IsSame(string origin, string own) =>
        string.Equals(origin, own, StringComparison.OrdinalIgnoreCase);
}
