using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Printing;

namespace Tillkeeper.Server.Complaints.Proof;

/// <summary><c>GET /api/v1/complaints/{id}/packet?format=json|html|pdf</c>: what an office outside is given.</summary>
internal static class PacketEndpoint
{
    public static void MapPacket(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/complaints/{id}/packet", Get).Needs(Right.Look);

    private static async Task<IResult> Get(
        string id,
        Person person,
        Packets packets,
        PdfPrinter printer,
        HttpResponse response,
        CancellationToken cancel,
        string format = "json"
    )
    {
        if (packets.Make(id, person) is not { } packet)
        {
            return Problems.Of(Refusal.NotFound("complaint"));
        }
        response.Headers.CacheControl = "no-store";
        switch (format)
        {
            case "json":
                return Results.Json(packet);
            case "html":
                return Results.Text(PacketPage.Write(packet), "text/html; charset=utf-8");
            case "pdf":
                var (pdf, refusal) = await printer.Print(PacketPage.Write(packet), cancel);
                return refusal.Or(() => Results.File(pdf, "application/pdf", $"{id}.pdf"));
            default:
                return Problems.Of(Refusal.Invalid("format", "Use one of: json, html, pdf."));
        }
    }
}
