using Tillkeeper.Agent.LocalApi;
using Tillkeeper.Core;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.SignIn;

/// <summary>The two ways in which an attempt fails: judged wrong, or not judged because of locks.</summary>
internal static class AttemptAnswers
{
    /// <summary>423 with the locks, or <paramref name="wrongStatus"/> with the tries that remain until the next lock.</summary>
    public static IResult Refused(
        Judged judged,
        HttpRequest request,
        LockViews views,
        int wrongStatus = StatusCodes.Status401Unauthorized
    )
    {
        if (judged.Refusal is { } refusal)
        {
            return Locked(refusal, Stopping(judged), request, views);
        }
        var locks = Stopping(judged).ToList();
        return Problems.Of(
            wrongStatus,
            "wrong_passcode",
            "Operator or passcode is wrong.",
            remaining: locks.Count > 0
                ? 0
                : SignInDecisions.Remaining(judged.State, judged.Operator),
            locks: locks.Count > 0 ? views.Of(locks, Languages.Of(request)) : null
        );
    }

    public static IResult Locked(
        Refusal refusal,
        IEnumerable<Lock> locks,
        HttpRequest request,
        LockViews views
    ) =>
        refusal.Kind == RefusalKind.Locked
            ? Problems.Of(refusal, locks: views.Of(locks, Languages.Of(request)))
            : Problems.Of(refusal);

    private static IEnumerable<Lock> Stopping(Judged judged)
    {
        var pause = judged.State.PauseOf(judged.Operator);
        return judged.State.SignInLocks.Concat(pause is null ? [] : [pause.Lock]);
    }
}
