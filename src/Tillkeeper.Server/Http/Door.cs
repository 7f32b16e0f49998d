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

    /// <summary>Hides each route from the door it does not belong to, before anything else looks at the request.</summary>
    public static void UseDoors(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                var wanted = context.GetEndpoint()?.Metadata.GetMetadata<DoorMetadata>()?.Door;
                if (wanted is null || wanted != context.Features.Get<DoorFeature>()?.Door)
                {
                    context.SetEndpoint(null);
                }
                return next(context);
            }
        );
}

/// <summary>Which door a connection came in by; set where the connection is accepted.</summary>
internal sealed record DoorFeature(Door Door);
