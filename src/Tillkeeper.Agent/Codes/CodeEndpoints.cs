using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.LocalApi;

namespace Tillkeeper.Agent.Codes;

/// <param name="Challenge">32 characters, to be read out in groups of four.</param>
internal sealed record ChallengeAnswer(string Challenge, DateTimeOffset ExpiresAt);

internal sealed record CodeAccepted(bool Released);

/// <summary>The way out by phone: a challenge to read out, a code to type in.</summary>
internal static class CodeEndpoints
{
    public static void MapCodes(this IEndpointRouteBuilder local)
    {
        local.MapGet("/locks/{lockId}/challenge", ChallengeAsync);
        local.MapPost("/locks/{lockId}/code", CodeAsync);
    }

    private static async Task<IResult> ChallengeAsync(
        string lockId,
        CodeDesk desk,
        DeviceClock clock
    )
    {
        var (shown, refusal) = await desk.ChallengeAsync(lockId);
        return shown is null
            ? Problems.Of(refusal!)
            : TypedResults.Json(
                new ChallengeAnswer(shown.Text, clock.Now.Shown + shown.ValidFor),
                LocalJson.Default.ChallengeAnswer
            );
    }

    private static async Task<IResult> CodeAsync(
        string lockId,
        HttpRequest request,
        CodeDesk desk,
        Till till,
        LockViews views
    )
    {
        if (await TypedBody.ReadAsync(request) is not { } typed)
        {
            return TypedBody.Malformed;
        }
        var (answer, refusal) = await desk.TryAsync(
            lockId,
            typed.Text("code"),
            request.HttpContext.RequestAborted
        );
        if (refusal is not null)
        {
            return SignIn.AttemptAnswers.Locked(
                refusal,
                till.State.ActiveLocks.Where(l => till.IsLost || l.Id == lockId),
                request,
                views
            );
        }
        return answer!.Released
            ? TypedResults.Json(new CodeAccepted(true), LocalJson.Default.CodeAccepted)
            : Problems.Of(
                StatusCodes.Status401Unauthorized,
                "wrong_code",
                "The code is wrong for this challenge; have it read out again.",
                remaining: answer.Remaining
            );
    }
}
