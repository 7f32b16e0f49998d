using System.Collections.Immutable;
using Microsoft.AspNetCore.WebUtilities;
using Tillkeeper.Agent.Device;
using Tillkeeper.Core;

namespace Tillkeeper.Agent.LocalApi;

/// <summary>Refusals as answers: each kind is one status, once.</summary>
internal static class Problems
{
    private const string MediaType = "application/problem+json";

    public static IResult Of(
        Refusal refusal,
        int? remaining = null,
        ImmutableArray<LockView>? locks = null
    ) => Of(StatusOf(refusal.Kind), refusal.Code, refusal.Detail, refusal.Field, remaining, locks);

    public static IResult Of(
        int status,
        string code,
        string detail,
        string? field = null,
        int? remaining = null,
        ImmutableArray<LockView>? locks = null
    ) =>
        TypedResults.Json(
            new Problem(
                $"urn:tillkeeper:problem:{code}",
                ReasonPhrases.GetReasonPhrase(status),
                status,
                detail,
                code,
                field,
                remaining,
                locks
            ),
            LocalJson.Default.Problem,
            MediaType,
            status
        );

    /// <summary>The answer to nearly everything while the state is lost.</summary>
    public static IResult Lost(HttpRequest request, Till till, LockViews views) =>
        Of(Till.StateUnknown, locks: views.Of(till.State.ActiveLocks, Languages.Of(request)));

    private static int StatusOf(RefusalKind kind) =>
        kind switch
        {
            RefusalKind.Unauthenticated => StatusCodes.Status401Unauthorized,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            RefusalKind.Gone => StatusCodes.Status410Gone,
            RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
            RefusalKind.UnsupportedType => StatusCodes.Status415UnsupportedMediaType,
            RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
            RefusalKind.Locked => StatusCodes.Status423Locked,
            RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        };
}
