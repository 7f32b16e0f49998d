using System.Collections.Frozen;
using System.Text;
using Microsoft.Net.Http.Headers;
using Tillkeeper.Core.Locks.Texts;
using Tillkeeper.Server.Http;

namespace Tillkeeper.Server.Passkeys;

/// <summary>
/// The owner's page (<c>GET /owner</c>) and its files (<c>GET /owner/{file}</c>), from inside the assembly: a passkey is made and used in a
/// browser, so there has to be a page of this domain. It knows nothing but what the API tells the key that is typed into it, and by its
/// content security policy it can reach nothing else.
/// </summary>
internal static class OwnerPage
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Prefix = "owner/";
    private const string Page = "owner.html";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<
        string,
        string
    >(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static void MapOwnerPage(this IEndpointRouteBuilder app)
    {
        var files = Files();
        var english = files[Page];
        var chinese = Encoding.UTF8.GetBytes(
            Encoding
                .UTF8.GetString(english)
                .Replace("<html lang=\"en\">", "<html lang=\"zh-Hans\">", StringComparison.Ordinal)
        );
        app.MapGet("/owner", (HttpContext context) => Show(context, english, chinese))
            .At(Door.People)
            .AllowAnonymous()
            .ExcludeFromDescription();
        app.MapGet(
                "/owner/{file}",
                (string file, HttpContext context) =>
                    ContentTypes.TryGetValue(Path.GetExtension(file), out var type)
                    && files.TryGetValue(file, out var bytes)
                        ? Send(context, type, bytes)
                        : Results.NotFound()
            )
            .At(Door.People)
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    /// <summary>One page; only its <c>lang</c> differs, by <c>?lang=</c> or else by the browser's wish.</summary>
    private static IResult Show(HttpContext context, byte[] english, byte[] chinese)
    {
        var asked = context.Request.Query["lang"].ToString();
        var language = LockExplainer.Choose(
            asked.Length > 0 ? asked : context.Request.Headers.AcceptLanguage
        );
        context.Response.Headers.ContentLanguage = language.Name;
        context.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        return Send(context, "text/html; charset=utf-8", language.Name == "en" ? english : chinese);
    }

    private static IResult Send(HttpContext context, string type, byte[] bytes)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        return Results.Bytes(bytes, type);
    }

    private static FrozenDictionary<string, byte[]> Files()
    {
        var assembly = typeof(OwnerPage).Assembly;
        return assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(
                name => name[Prefix.Length..],
                name =>
                {
                    using var stream = assembly.GetManifestResourceStream(name)!;
                    var bytes = new byte[stream.Length];
                    stream.ReadExactly(bytes);
                    return bytes;
                },
                StringComparer.Ordinal
            );
    }
}
