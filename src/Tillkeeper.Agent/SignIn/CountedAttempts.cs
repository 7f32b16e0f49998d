using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Identity;
using Tillkeeper.Core;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Agent.SignIn;

/// <summary>How a passcode was judged.</summary>
/// <param name="Operator">The operator's id, or <see cref="DeviceState.UnknownOperator"/>.</param>
/// <param name="Proven">The verifier that it matched, when it was right.</param>
/// <param name="Refusal">Set when nothing was evaluated, because signing in is locked.</param>
internal sealed record Judged(
    string Operator,
    PasscodeVerifier? Proven,
    Refusal? Refusal,
    DeviceState State
);

/// <summary>
/// The only way to have a passcode evaluated (invariant 2): one at a time, counted durably before it is looked at, and always judged
/// afterwards. An unknown name costs the same work as a known one.
/// </summary>
internal sealed class CountedAttempts(Till till, IdentityStore identities, PasscodeGate gate)
{
    /// <param name="typedName">What was typed; anything that is no name counts as an unknown one.</param>
    /// <param name="typedPasscode">What was typed; null counts as wrong.</param>
    /// <param name="gone">Ends the waiting for a turn; what has been counted is judged all the same.</param>
    public Task<Judged> JudgeAsync(
        string? typedName,
        string? typedPasscode,
        CancellationToken gone
    ) => gate.InTurnAsync(() => JudgeInTurnAsync(typedName, typedPasscode ?? ""), gone);

    private async Task<Judged> JudgeInTurnAsync(string? typedName, string passcode)
    {
        var known = OperatorName.TryNormalise(typedName, out var name)
            ? till.State.ByName(name)
            : null;
        var id = known?.Id ?? DeviceState.UnknownOperator;
        var begun = await till.AskAsync(new BeginAttempt(id));
        if (begun.Refusal is not null)
        {
            return new Judged(id, null, begun.Refusal, begun.State);
        }
        var current = begun.State.Operators.GetValueOrDefault(id)?.Current;
        var right = false;
        TillAnswer ended;
        try
        {
            right = await Task.Run(() => Matches(current, passcode, begun.State));
        }
        finally
        {
            ended = await till.AskAsync(new EndAttempt(id, right, NewId.Lock()));
        }
        // The till has the last word: a reset may have voided the passcode while it was being evaluated.
        var signedIn = ended.Events.Any(e => e is OperatorSignedIn);
        return new Judged(id, signedIn ? current : null, ended.Refusal, ended.State);
    }

    private bool Matches(PasscodeVerifier? current, string passcode, DeviceState state)
    {
        var nobody = new PasscodeVerifier(
            new byte[PasscodeVerifier.SaltBytes],
            state.Policy.Passcode.Iterations,
            []
        );
        return (current ?? nobody).Matches(passcode, identities.Required.TerminalSecret);
    }
}
