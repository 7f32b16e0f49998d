using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Audit;

/// <summary><c>GET /api/v1/audit/verify</c>: is the log what it was?</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/audit/verify",
                (LogVerifier verifier) => Results.Json(verifier.Verify())
            )
            .Needs(Right.VerifyAudit);
}
