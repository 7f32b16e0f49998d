using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Tillkeeper.Core;
using Tillkeeper.Server.Http;

namespace Tillkeeper.Server.People;

/// <summary>The right that an endpoint needs; every endpoint of the people's door has one, or is denied.</summary>
internal sealed record RightRequirement(Right Right) : IAuthorizationRequirement;

internal sealed class RightHandler : AuthorizationHandler<RightRequirement>
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
            context.Succeed(requirement);
        }
        return Task.CompletedTask;
    }
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
                    .AddAuthenticationSchemes(ApiKeyAuthentication.SchemeName)
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
        return Problems
            .Of(Refusal.Forbidden("Your role does not have this right."))
            .ExecuteAsync(context);
    }

    /// <summary>Where the terminals' door leaves why a certificate was refused.</summary>
    public const string TerminalRefused = "tillkeeper.terminal.refused";
}
