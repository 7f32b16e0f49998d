using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Tillkeeper.Core;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People.Sessions;

namespace Tillkeeper.Server.People;

/// <summary>The right that an endpoint needs; every endpoint of the people's door has one, or is denied.</summary>
internal sealed record RightRequirement(Right Right) : IAuthorizationRequirement;

internal sealed class RightHandler(TimeProvider time) : AuthorizationHandler<RightRequirement>
{
    protected override Task HandleRequirementAsync(
        AuthorizationHandlerContext context,
        RightRequirement requirement
    )
    {
        if (
            // Handlers are asked about strangers too, whom the policy then tells to come in first.
            context.Resource
                is HttpContext http
            && Person.Find(http) is { } person
            && Rights.May(person.Role, requirement.Right)
        )
        {
            if (IsStale(http.Request, person, requirement.Right))
            {
                http.Items[ProblemAuthorizationResults.Stale] = true;
            }
            else
            {
                context.Succeed(requirement);
            }
        }
        return Task.CompletedTask;
    }

    /// <summary>An unlocked screen that somebody left must not release terminals. Looking is not asked for again.</summary>
    private bool IsStale(HttpRequest request, Person person, Right right) =>
        person.Session is { } session
        && !HttpMethods.IsGet(request.Method)
        && Rights.NeedsFresh(right)
        && !session.IsFresh(time.GetUtcNow());
}

internal static class RightRequirements
{
    /// <summary>Names the right of an endpoint and puts it at the people's door.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Right right)
        where TBuilder : IEndpointConventionBuilder =>
        builder
            .At(Door.People)
            .WithMetadata(new RightRequirement(right))
            .RequireAuthorization(policy =>
                policy
                    .AddAuthenticationSchemes(
                        ApiKeyAuthentication.SchemeName,
                        SessionAuthentication.SchemeName
                    )
                    .RequireAuthenticatedUser()
                    .AddRequirements(new RightRequirement(right))
            );
}

/// <summary>Says no as a problem, at both doors.</summary>
internal sealed class ProblemAuthorizationResults : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult
    )
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }
        if (authorizeResult.Challenged)
        {
            var people =
                context.GetEndpoint()?.Metadata.GetMetadata<DoorMetadata>()?.Door == Door.People;
            if (Pages.IsPage(context))
            {
                // What was asked for waits behind the sign-in; a form cannot be repeated, so its page is.
                var back = HttpMethods.IsGet(context.Request.Method)
                    ? $"{context.Request.Path}{context.Request.QueryString}"
                    : $"{context.Request.Path}";
                return Pages
                    .Go($"/sign-in?return={Uri.EscapeDataString(back)}")
                    .ExecuteAsync(context);
            }
            if (people)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
            }
            var (code, detail) =
                context.Items[TerminalRefused] as (string, string)?
                ?? (
                    "unauthenticated",
                    people
                        ? "Send a valid API key as: Authorization: Bearer KEY."
                        : "A client certificate is needed."
                );
            return Problems
                .Of(new Refusal(RefusalKind.Unauthenticated, code, detail))
                .ExecuteAsync(context);
        }
        var refusal = context.Items.ContainsKey(Stale)
            ? Refusal.Forbidden(
                "Show again who you are, then do this once more: it releases something.",
                "reauthentication_required"
            )
            : Refusal.Forbidden("Your role does not have this right.");
        return (Pages.IsPage(context) ? Pages.Refused(refusal) : Problems.Of(refusal)).ExecuteAsync(
            context
        );
    }

    /// <summary>Set when the right is there, but the person has not shown for a while that they are.</summary>
    public const string Stale = "tillkeeper.stale";

    /// <summary>Where the terminals' door leaves why a certificate was refused.</summary>
    public const string TerminalRefused = "tillkeeper.terminal.refused";
}
