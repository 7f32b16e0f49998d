using Tillkeeper.Agent.LocalApi;
using Tillkeeper.Core;

namespace Tillkeeper.Agent.OpenLinks;

/// <param name="Url">To be opened on a phone; the QR code says the same.</param>
internal sealed record LinkAnswer(Uri Url, DateTimeOffset ExpiresAt);

/// <summary><c>GET /local/v1/locks/{lockId}/link</c> and <c>.../link.svg</c>: the way to a case for whoever has a phone at hand.</summary>
internal static class LinkEndpoints
{
    public static void MapOpenLinks(this IEndpointRouteBuilder local)
    {
        local.MapGet("/locks/{lockId}/link", Link);
        local.MapGet("/locks/{lockId}/link.svg", Image);
    }

    private static IResult Link(string lockId, HttpResponse response, LinkDesk desk) =>
        Answer(
            lockId,
            response,
            desk,
            link =>
                TypedResults.Json(
                    new LinkAnswer(link.Url, link.ExpiresAt),
                    LocalJson.Default.LinkAnswer
                )
        );

    private static IResult Image(string lockId, HttpResponse response, LinkDesk desk) =>
        Answer(
            lockId,
            response,
            desk,
            link => TypedResults.Text(QrImage.Svg(link.Url.AbsoluteUri), "image/svg+xml")
        );

    private static IResult Answer(
        string lockId,
        HttpResponse response,
        LinkDesk desk,
        Func<SignedLink, IResult> show
    )
    {
        response.Headers.CacheControl = "no-store";
        var (link, refusal) = desk.For(lockId);
        return link is null ? Problems.Of(refusal ?? Refusal.NotFound("lock")) : show(link);
    }
}
