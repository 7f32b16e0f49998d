using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.LocalApi;
using Tillkeeper.Core;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.SignIn;

/// <param name="Operator">The name under which it signs in.</param>
internal sealed record OperatorAnswer(string Operator, OperatorRole Role);

/// <summary>Who may sign in: the first manager, further operators, their passcodes.</summary>
internal static class OperatorEndpoints
{
    public static void MapOperators(this IEndpointRouteBuilder local)
    {
        local.MapPost("/setup", SetUpAsync);
        local.MapPost("/operators", AddAsync);
        local.MapPost("/operators/{name}/passcode", SetPasscodeAsync);
    }

    private static async Task<IResult> SetUpAsync(
        HttpRequest request,
        Till till,
        Passcodes passcodes,
        LockViews views
    )
    {
        if (till.State.IsSetUp)
        {
            return Problems.Of(
                Refusal.Conflict(
                    "already_set_up",
                    "This terminal has a manager; a manager adds further operators."
                )
            );
        }
        if (till.State.SignInLocks.Any())
        {
            return Locked(till.State.SignInLocks, request, views);
        }
        if (await TypedBody.ReadAsync(request) is not { } typed)
        {
            return TypedBody.Malformed;
        }
        var name = typed.Text("operator");
        var refusal = await passcodes.SetUpAsync(
            name,
            typed.Text("passcode"),
            request.HttpContext.RequestAborted
        );
        return refusal is null
            ? Created(OperatorName.Normalise(name!), OperatorRole.Manager)
            : AttemptAnswers.Locked(refusal, till.State.SignInLocks, request, views);
    }

    private static async Task<IResult> AddAsync(
        HttpRequest request,
        Till till,
        Sessions sessions,
        Passcodes passcodes,
        LockViews views
    )
    {
        switch (Callers.Of(request, sessions))
        {
            case null:
                return Problems.Of(
                    new Refusal(
                        RefusalKind.Unauthenticated,
                        "sign_in_first",
                        "Sign in as a manager."
                    )
                );
            case { Role: not OperatorRole.Manager }:
                return Problems.Of(Refusal.Forbidden("Only a manager adds operators."));
        }
        var verdict = Verdict.Of(till.State.ActiveLocks, Capability.Admin);
        if (!verdict.Allow)
        {
            return Locked(verdict.Locks, request, views);
        }
        if (await TypedBody.ReadAsync(request) is not { } typed)
        {
            return TypedBody.Malformed;
        }
        if (!Words.TryParse<OperatorRole>(typed.Text("role"), out var role))
        {
            return Problems.Of(
                Refusal.Invalid("role", $"Give one of: {Words.All<OperatorRole>()}.")
            );
        }
        var name = typed.Text("operator");
        return await passcodes.AddAsync(name, role) is { } refusal
            ? AttemptAnswers.Locked(refusal, till.State.SignInLocks, request, views)
            : Created(OperatorName.Normalise(name!), role);
    }

    /// <summary>
    /// With <c>current</c> it is an attempt like a sign-in, counted in the same place; without, it needs a grant. A name that nobody
    /// here bears gets the answer of one that was granted nothing.
    /// </summary>
    private static async Task<IResult> SetPasscodeAsync(
        string name,
        HttpRequest request,
        Till till,
        CountedAttempts attempts,
        Passcodes passcodes,
        LockViews views
    )
    {
        if (till.IsLost)
        {
            return Problems.Lost(request, till, views);
        }
        if (await TypedBody.ReadAsync(request) is not { } typed)
        {
            return TypedBody.Malformed;
        }
        var gone = request.HttpContext.RequestAborted;
        var known = OperatorName.TryNormalise(name, out var normalised)
            ? till.State.ByName(normalised)?.Id
            : null;
        PasscodeVerifier? proven = null;
        if (typed.Has("current"))
        {
            var judged = await attempts.JudgeAsync(name, typed.Text("current"), gone);
            if (judged.Proven is null)
            {
                return AttemptAnswers.Refused(
                    judged,
                    request,
                    views,
                    StatusCodes.Status403Forbidden
                );
            }
            (known, proven) = (judged.Operator, judged.Proven);
        }
        var refusal = await passcodes.SetAsync(
            known ?? DeviceState.UnknownOperator,
            typed.Text("passcode"),
            proven,
            gone
        );
        return refusal is null
            ? TypedResults.NoContent()
            : AttemptAnswers.Locked(refusal, till.State.SignInLocks, request, views);
    }

    private static IResult Created(string name, OperatorRole role) =>
        TypedResults.Json(
            new OperatorAnswer(name, role),
            LocalJson.Default.OperatorAnswer,
            statusCode: StatusCodes.Status201Created
        );

    private static IResult Locked(IEnumerable<Lock> locks, HttpRequest request, LockViews views) =>
        AttemptAnswers.Locked(
            new Refusal(RefusalKind.Locked, "locked", "The terminal is locked; see the ways out."),
            locks,
            request,
            views
        );
}
