using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Identity;
using Tillkeeper.Core;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Agent.SignIn;

/// <summary>How a passcode was judged.</summary>
/// <param name="Operator">The operator's id, or <see cref="DeviceState.UnknownOperator"/>.</param>
/// <param name="Refusal">Set when nothing was evaluated, because signing in is locked.</param>
internal sealed record Judged(string Operator, bool Right, Refusal? Refusal, DeviceState State);

/// <summary>
/// The only way to have a passcode evaluated (invariant 2): one at a time, counted durably before it is looked at, and always judged
/// afterwards. An unknown name costs the same work as a known one.
/// </summary>
internal sealed class CountedAttempts(Till till, IdentityStore identities) : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <param name="typedName">What was typed; anything that is no name counts as an unknown one.</param>
    /// <param name="typedPasscode">What was typed; null counts as wrong.</param>
    /// <param name="gone">Ends the waiting for a turn; what has been counted is judged all the same.</param>
    public async Task<Judged> JudgeAsync(
        string? typedName,
        string? typedPasscode,
        CancellationToken gone
    )
    {
        await oneAtATime.WaitAsync(gone);
        try
        {
            var known = OperatorName.TryNormalise(typedName, out var name)
                ? till.State.ByName(name)
                : null;
            var id = known?.Id ?? DeviceState.UnknownOperator;
            var begun = await till.AskAsync(new BeginAttempt(id));
            if (begun.Refusal is not null)
            {
                return new Judged(id, false, begun.Refusal, begun.State);
            }
            var right = false;
            TillAnswer ended;
            try
            {
                right = await Task.Run(
                    () => IsRight(begun.State, id, typedPasscode ?? ""),
                    CancellationToken.None
                );
            }
            finally
            {
                ended = await till.AskAsync(new EndAttempt(id, right, NewId.Lock()));
            }
            return new Judged(id, right, ended.Refusal, ended.State);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private bool IsRight(DeviceState state, string id, string passcode)
    {
        var secret = identities.Required.TerminalSecret;
        var current = state.Operators.GetValueOrDefault(id)?.Current;
        if (current is not null)
        {
            return current.Matches(passcode, secret);
        }
        var nobody = new PasscodeVerifier(
            new byte[PasscodeVerifier.SaltBytes],
            state.Policy.Passcode.Iterations,
            []
        );
        return nobody.Matches(passcode, secret);
    }
}
