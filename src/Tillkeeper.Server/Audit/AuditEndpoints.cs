using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Audit;

/// <summary><c>GET /api/v1/audit/verify</c>: is the log what it was?</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/audit/verify",
                (LogVerifier verifier, Person person) =>
                    person.IsProvider
                        ? Results.Json(verifier.Verify())
                        : Problems.Of(
                            Refusal.Forbidden(
                                "The log is everybody's; only the provider verifies it."
                            )
                        )
            )
            .Needs(Right.VerifyAudit);
}
