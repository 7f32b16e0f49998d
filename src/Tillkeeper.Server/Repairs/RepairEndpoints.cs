using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Repairs;

/// <summary>Repairs (W5): from the fault to the accepted return.</summary>
internal static class RepairEndpoints
{
    public static IServiceCollection AddRepairs(
        this IServiceCollection services,
        ServerOptions options
    ) =>
        services
            .AddSingleton<RepairAccess>()
            // Loaded here, so that a wrong file ends the start and not somebody's diagnosis.
            .AddSingleton(DiagnosisLibrary.Load(options.Diagnosis));

    public static void MapRepairs(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/repairs", Opening.Open).Needs(Right.RequestWork);
        app.MapGet("/api/v1/repairs", Looking.List).Needs(Right.Look);
        app.MapGet("/api/v1/repairs/{id}", Looking.Show).Needs(Right.Look);
        app.MapGet("/api/v1/terminals/{id}/diagnosis", DiagnosisEndpoint.Show).Needs(Right.Look);
        app.MapGet("/api/v1/wear-parts", Looking.WearParts).Needs(Right.Look);
        app.MapPost("/api/v1/repairs/{id}/dispatch", Dispatching.Dispatch)
            .Needs(Right.ManageRepairs);
        app.MapPost("/api/v1/repairs/{id}/identity", Dispatching.Identify).Needs(Right.RequestWork);
        app.MapPost("/api/v1/repairs/{id}/custody", Dispatching.HandOver).Needs(Right.RequestWork);
        app.MapPost("/api/v1/repairs/{id}/result", Finishing.Finish).Needs(Right.ManageRepairs);
        app.MapPost("/api/v1/repairs/{id}/acceptance", Finishing.Accept).Needs(Right.ReleaseLocks);
        app.MapPost("/api/v1/repairs/{id}/cancellation", Finishing.Cancel)
            .Needs(Right.ManageRepairs);
    }
}
