using Microsoft.Net.Http.Headers;
using Tillkeeper.Server.Http;

namespace Tillkeeper.Server.Console.Assets;

/// <summary><c>GET /assets/*</c>: what pages look like and move with, the same for everybody; nothing secret is in it.</summary>
internal static class AssetEndpoints
{
    public static void MapAssets(this IEndpointRouteBuilder app) =>
        app.MapGet("/assets/{**name}", Send)
            .AllowAnonymous()
            .At(Door.People)
            .ExcludeFromDescription();

    private static async Task Send(string name, AssetFiles assets, HttpContext context)
    {
        var response = context.Response;
        if (assets.Find(name) is not { } file)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var compressed = context
            .Request.GetTypedHeaders()
            .AcceptEncoding.Any(e => e.Value == "br" && e.Quality is null or > 0);
        var body = compressed ? file.Brotli : file.Plain;
        response.ContentType = file.ContentType;
        response.ContentLength = body.Length;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        if (compressed)
        {
            response.Headers.ContentEncoding = "br";
        }
        await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
