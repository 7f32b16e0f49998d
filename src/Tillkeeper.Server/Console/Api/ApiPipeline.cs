namespace Tillkeeper.Server.Console.Api;

/// <summary>The whole server from its first step on, for requests that are made inside it.</summary>
internal sealed class ApiPipeline
{
    private RequestDelegate? whole;

    public RequestDelegate Whole =>
        whole ?? throw new InvalidOperationException("UseApiPipeline comes first.");

    /// <summary>Call it before everything else: what comes after it is what an inner request goes through.</summary>
    public static void Use(WebApplication app)
    {
        var pipeline = app.Services.GetRequiredService<ApiPipeline>();
        app.Use(next =>
        {
            pipeline.whole = next;
            return next;
        });
    }
}
