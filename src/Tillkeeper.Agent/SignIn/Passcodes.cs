using System.Security.Cryptography;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Identity;
using Tillkeeper.Core;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Agent.SignIn;

/// <summary>Operators and their passcodes: the first manager, further operators, a new passcode.</summary>
internal sealed class Passcodes(
    Till till,
    DeviceClock clock,
    IdentityStore identities,
    PasscodeGate gate
)
{
    private const int MostOperators = 500;
    private const int SaltBytes = 16;

    /// <summary>The first manager; null when done.</summary>
    public Task<Refusal?> SetUpAsync(string? typedName, string? passcode, CancellationToken gone) =>
        gate.InTurnAsync(() => SetUpInTurnAsync(typedName, passcode), gone);

    /// <summary>Another operator, who sets the passcode at first use; null when done.</summary>
    public async Task<Refusal?> AddAsync(string? typedName, OperatorRole role)
    {
        if (ValidName(typedName, out var name) is { } bad)
        {
            return bad;
        }
        if (till.State.Operators.Count >= MostOperators)
        {
            return Refusal.Conflict(
                "too_many_operators",
                $"A terminal knows at most {MostOperators} operators."
            );
        }
        return (await till.AskAsync(new AddOperator(IdOf(name), role, NameSecret(name)))).Refusal;
    }

    /// <summary>A new passcode; null when done.</summary>
    /// <param name="operatorId">Whose; an id that nobody has is refused like one without leave.</param>
    /// <param name="passcode">Looked at only when it may be set at all.</param>
    /// <param name="proven">The verifier that the owner's current passcode has just matched; null when none was given.</param>
    /// <param name="gone">Ends the waiting for a turn.</param>
    public Task<Refusal?> SetAsync(
        string operatorId,
        string? passcode,
        PasscodeVerifier? proven,
        CancellationToken gone
    ) => gate.InTurnAsync(() => SetInTurnAsync(operatorId, passcode, proven), gone);

    private async Task<Refusal?> SetUpInTurnAsync(string? typedName, string? passcode)
    {
        if (ValidName(typedName, out var name) is { } bad)
        {
            return bad;
        }
        if (PasscodeStrength.Check(passcode, name, till.State.Policy.Passcode) is { } weak)
        {
            return weak;
        }
        var verifier = await VerifierSecretAsync(passcode!);
        return (await till.AskAsync(new SetUp(IdOf(name), NameSecret(name), verifier))).Refusal;
    }

    private async Task<Refusal?> SetInTurnAsync(
        string operatorId,
        string? passcode,
        PasscodeVerifier? proven
    )
    {
        var state = till.State;
        var known = state.Operators.GetValueOrDefault(operatorId);
        // What was proven must still be what counts: a reset may have come in between.
        var owner = proven is not null && ReferenceEquals(proven, known?.Current);
        var (_, refusal) = PasscodeDecisions.MaySet(state, operatorId, owner, clock.Now);
        if (refusal is not null || known is null)
        {
            return refusal ?? Refusal.NotFound("operator");
        }
        var rule = state.Policy.Passcode;
        if (PasscodeStrength.Check(passcode, known.Name, rule) is { } weak)
        {
            return weak;
        }
        if (await Task.Run(() => IsReused(known, passcode!, rule.History)))
        {
            return PasscodeStrength.Reused(rule);
        }
        var verifier = await VerifierSecretAsync(passcode!);
        return (await till.AskAsync(new SetPasscode(operatorId, verifier, owner))).Refusal;
    }

    private bool IsReused(Operator known, string passcode, int history) =>
        known
            .Verifiers.Take(history)
            .Any(v => v.Matches(passcode, identities.Required.TerminalSecret));

    private async Task<OperatorSecret> VerifierSecretAsync(string passcode)
    {
        var verifier = await Task.Run(() =>
            PasscodeVerifier.Create(
                passcode,
                RandomNumberGenerator.GetBytes(PasscodeVerifier.SaltBytes),
                identities.Required.TerminalSecret,
                till.State.Policy.Passcode.Iterations
            )
        );
        return new OperatorSecret(RandomNumberGenerator.GetBytes(SaltBytes), Verifier: verifier);
    }

    private static OperatorSecret NameSecret(string name) =>
        new(RandomNumberGenerator.GetBytes(SaltBytes), name);

    /// <summary>A name keeps its id, so that an operator who is added again stays the same one in the record.</summary>
    private string IdOf(string name) =>
        till.State.ByName(name)?.Id ?? NewId.Operator(name, identities.Required.TerminalSecret);

    private static Refusal? ValidName(string? typed, out string name) =>
        OperatorName.TryNormalise(typed, out name)
            ? null
            : Refusal.Invalid(
                "operator",
                $"Give a name of 1 to {OperatorName.MaxLength} characters."
            );
}
