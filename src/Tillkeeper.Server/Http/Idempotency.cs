namespace Tillkeeper.Server.Http;

/// <summary>Names of response fields that are shown once; a replayed answer leaves them out.</summary>
internal sealed record ShownOnce(IReadOnlyList<string> Fields);

internal static class IdempotencyMetadata
{
    public static TBuilder ShowsOnce<TBuilder>(this TBuilder builder, params string[] fields)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ShownOnce(fields));
}
