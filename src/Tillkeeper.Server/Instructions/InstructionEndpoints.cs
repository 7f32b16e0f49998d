using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Instructions;

/// <summary><c>GET /api/v1/instructions</c>: what to do at this brand, model and payment system. The same for everybody.</summary>
internal static class InstructionEndpoints
{
    private const int Most = 50;

    public static void MapInstructions(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/instructions", List).Needs(Right.Look);

    public static IServiceCollection AddInstructions(
        this IServiceCollection services,
        ServerOptions options
    ) =>
        services.AddSingleton(
            InstructionFiles.Load(options.Instructions ?? InstructionFiles.Shipped)
        );

    private static IResult List(
        InstructionFiles files,
        string? brand = null,
        string? model = null,
        string? paymentSystem = null,
        string? cause = null
    ) =>
        Results.Json(
            new
            {
                items = files.All.Where(i => i.Fits(brand, model, paymentSystem, cause)).Take(Most),
                next = (string?)null,
            }
        );
}
