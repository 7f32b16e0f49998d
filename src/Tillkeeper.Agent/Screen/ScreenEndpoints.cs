using System.Collections.Frozen;
using System.Text;
using Microsoft.Net.Http.Headers;
using Tillkeeper.Agent.LocalApi;

namespace Tillkeeper.Agent.Screen;

/// <summary>
/// The lock screen (<c>GET /</c>) and its files (<c>GET /screen/*</c>), from inside the assembly. The page knows nothing that the
/// local API does not tell it, and by its content security policy it can reach nothing else.
/// </summary>
internal static class ScreenEndpoints
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Page = "index.html";
    private const string Prefix = "screen/";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<
        string,
        string
    >(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static void MapScreen(this IEndpointRouteBuilder app)
    {
        var assembly = typeof(ScreenEndpoints).Assembly;
        foreach (
            var resource in assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        )
        {
            var name = resource[Prefix.Length..];
            var bytes = Read(resource);
            if (name == Page)
            {
                MapPage(app, bytes);
            }
            else
            {
                app.MapGet($"/{resource}", context => Send(context, name, bytes));
            }
        }
    }

    /// <summary>One page; only its <c>lang</c> differs, by <c>?lang=</c> or else by the browser's wish.</summary>
    private static void MapPage(IEndpointRouteBuilder app, byte[] english)
    {
        var chinese = Encoding.UTF8.GetBytes(
            Encoding
                .UTF8.GetString(english)
                .Replace("<html lang=\"en\">", "<html lang=\"zh-Hans\">", StringComparison.Ordinal)
        );
        app.MapGet(
            "/",
            context =>
            {
                var language = Languages.Of(context.Request);
                context.Response.Headers.ContentLanguage = language.Name;
                context.Response.Headers.Vary = HeaderNames.AcceptLanguage;
                return Send(context, Page, language.Name == "en" ? english : chinese);
            }
        );
    }

    private static Task Send(HttpContext context, string name, byte[] bytes)
    {
        var response = context.Response;
        response.ContentType = ContentTypes[Path.GetExtension(name)];
        response.ContentLength = bytes.Length;
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    private static byte[] Read(string resource)
    {
        using var stream =
            typeof(ScreenEndpoints).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
