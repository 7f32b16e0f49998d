using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.LocalApi;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.SignIn;

/// <param name="Session">The bearer token, shown once.</param>
internal sealed record SignedInAnswer(string Session, string Operator, OperatorRole Role);

/// <summary>Signing in and out, and the cashier's own lock.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder local)
    {
        local.MapPost("/sign-in", SignInAsync);
        local.MapPost("/sign-out", SignOut);
        local.MapPost("/away", AwayAsync);
        local.MapPost("/touch", Touch);
    }

    private static async Task<IResult> SignInAsync(
        HttpRequest request,
        CountedAttempts attempts,
        Sessions sessions,
        Till till,
        LockViews views
    )
    {
        if (await TypedBody.ReadAsync(request) is not { } typed)
        {
            return TypedBody.Malformed;
        }
        var judged = await attempts.JudgeAsync(
            typed.Text("operator"),
            typed.Text("passcode"),
            request.HttpContext.RequestAborted
        );
        if (judged.Proven is null)
        {
            return AttemptAnswers.Refused(judged, request, views);
        }
        var who = judged.State.Operators[judged.Operator];
        var token = sessions.Begin(new Session(who.Id, who.Role));
        if (Sessions.MustSignIn(till.State))
        {
            // A lock came in between; it ends sessions, and it saw this one not yet.
            sessions.End(token);
        }
        return TypedResults.Json(
            new SignedInAnswer(token, who.Name, who.Role),
            LocalJson.Default.SignedInAnswer
        );
    }

    private static IResult SignOut(HttpRequest request, Sessions sessions)
    {
        sessions.End(Callers.TokenOf(request));
        return TypedResults.NoContent();
    }

    private static async Task<IResult> AwayAsync(HttpRequest request, Till till, LockViews views)
    {
        var answer = await till.AskAsync(new LockAway(NewId.Lock(), "key"));
        return answer.Refusal is { } refusal
            ? AttemptAnswers.Locked(refusal, answer.State.SignInLocks, request, views)
            : TypedResults.NoContent();
    }

    /// <summary>Somebody touched the screen; every other POST counts as well.</summary>
    private static IResult Touch() => TypedResults.NoContent();
}
