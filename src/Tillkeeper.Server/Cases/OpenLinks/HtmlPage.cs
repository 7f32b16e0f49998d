using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Tillkeeper.Server.Cases.OpenLinks;

/// <summary>A page for strangers: kept nowhere, framed by nobody, its address told to no other site.</summary>
internal sealed class HtmlPage(string html, int status, string policy, CultureInfo language)
    : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentLanguage = language.Name;
        response.Headers.Vary = HeaderNames.AcceptLanguage;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";
        return response.WriteAsync(html, httpContext.RequestAborted);
    }
}
