using Tillkeeper.Server.Environments.Networks;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Environments;

/// <summary>Where terminals are: what is judged of it, asked about it and announced beforehand.</summary>
internal static class EnvironmentEndpoints
{
    public static void MapEnvironments(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/terminals/{id}/questions/{rule}/answer", QuestionEndpoint.Take)
            .Needs(Right.OpenCases);
        app.MapPost("/api/v1/terminals/{id}/moves", MoveEndpoints.Announce)
            .Needs(Right.RequestWork);
        app.MapPost("/api/v1/terminals/{id}/moves/approval", MoveApproval.Approve)
            .Needs(Right.ManageTerminals);
        app.MapDelete("/api/v1/terminals/{id}/moves", MoveEndpoints.Withdraw)
            .Needs(Right.ManageTerminals);
        NetworkRequestEndpoints.Map(app);
    }

    public static IServiceCollection AddEnvironments(
        this IServiceCollection services,
        ServerOptions options
    ) =>
        services
            .AddSingleton(AddressDatabase.Load(options.AddressDatabase))
            .AddSingleton<Sightings>()
            .AddSingleton<LatestReports>()
            .AddSingleton<EnvironmentJudging>()
            .AddSingleton<EnvironmentWatch>()
            .AddSingleton<QuestionEndpoint>()
            .AddSingleton<NetworkRequestEndpoints>()
            .AddSingleton<WhereaboutsViews>()
            .AddSingleton<ITimerHandler, QuestionTimer>();
}
