namespace Tillkeeper.Server.Http;

/// <summary>The two doors. A route exists at exactly one of them; at the other it is not found.</summary>
internal enum Door
{
    People,
    Terminals,
}

/// <summary>Marks a route's door; a route without one is served nowhere.</summary>
internal sealed record DoorMetadata(Door Door);

internal static class Doors
{
    public static TBuilder At<TBuilder>(this TBuilder builder, Door door)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new DoorMetadata(door));

    /// <summary>
    /// Hides each route from the door it does not belong to, before anything else looks at the request: what is not here is a 404 for
    /// everybody, whoever they are.
    /// </summary>
    public static void UseDoors(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                var door = context.Features.Get<DoorFeature>()?.Door;
                switch (context.GetEndpoint())
                {
                    case RouteEndpoint route
                        when route.Metadata.GetMetadata<DoorMetadata>()?.Door == door:
                        return next(context);
                    // Routing's own answer, 405 or 415, to a path that exists at this door.
                    case { RequestDelegate: { } answer }
                    and not RouteEndpoint when DoorOf(context.Request.Path) == door:
                        return answer(context);
                    default:
                        context.Response.StatusCode = StatusCodes.Status404NotFound;
                        return Task.CompletedTask;
                }
            }
        );

    private static Door DoorOf(PathString path) =>
        path.StartsWithSegments("/terminal", StringComparison.OrdinalIgnoreCase)
            ? Door.Terminals
            : Door.People;
}

/// <summary>Which door a connection came in by; set where the connection is accepted.</summary>
internal sealed record DoorFeature(Door Door);
