using System.Collections.Immutable;
using System.Globalization;
using Tillkeeper.Agent.LocalApi;
using Tillkeeper.Core.Device.NetworkChecks;

namespace Tillkeeper.Agent.NetworkCheck;

/// <param name="Fix">What somebody standing there can do, in order; only for what failed.</param>
internal sealed record StepView(
    NetworkStep Step,
    StepResult Result,
    string Title,
    string Text,
    ImmutableArray<string> Fix
);

/// <param name="Steps">From the inside out: the first that failed is the one to put right.</param>
internal sealed record NetworkCheckAnswer(bool Ok, ImmutableArray<StepView> Steps);

/// <summary><c>POST /local/v1/network-check</c>: the guided check, in the language asked for.</summary>
internal static class NetworkCheckEndpoints
{
    public static void MapNetworkCheck(this IEndpointRouteBuilder local) =>
        local.MapPost("/network-check", CheckAsync);

    private static async Task<IResult> CheckAsync(
        HttpRequest request,
        NetworkChecks checks,
        NetworkAdvice advice
    )
    {
        var language = Languages.Of(request);
        var steps = await checks.RunAsync(request.HttpContext.RequestAborted);
        return TypedResults.Json(
            new NetworkCheckAnswer(
                steps.All(s => s.Result != StepResult.Failed),
                [.. steps.Select(s => View(s, advice.Of(s.Step), language))]
            ),
            LocalJson.Default.NetworkCheckAnswer
        );
    }

    private static StepView View(CheckedStep step, StepAdvice advice, CultureInfo language)
    {
        var text = step.Result switch
        {
            StepResult.Ok => advice.Ok,
            StepResult.Failed => advice.Failed,
            StepResult.Unknown => advice.Unknown,
        };
        return new StepView(
            step.Step,
            step.Result,
            advice.Title?.In(language) ?? "",
            text?.In(language) ?? "",
            step.Result == StepResult.Failed ? [.. advice.Fix?.In(language) ?? []] : []
        );
    }
}
