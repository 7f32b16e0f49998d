using System.Security.Cryptography;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Identity;
using Tillkeeper.Core;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Agent.SignIn;

/// <summary>Operators and their passcodes: the first manager, further operators, a new passcode.</summary>
internal sealed class Passcodes(Till till, DeviceClock clock, IdentityStore identities) : IDisposable
{
    private const int MostOperators = 500;
    private const int SaltBytes = 16;

    /// <summary>Verifiers are dear: one at a time, whoever asks.</summary>
    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <summary>The first manager; null when done.</summary>
    public async Task<Refusal?> SetUpAsync(string? typedName, string? passcode, CancellationToken gone)
    {
        await oneAtATime.WaitAsync(gone);
        try
        {
            if (ValidName(typedName, out var name) is { } bad)
            {
                return bad;
            }
            var rule = till.State.Policy.Passcode;
            if (PasscodeStrength.Check(passcode, name, rule) is { } weak)
            {
                return weak;
            }
            var command = new SetUp(IdOf(name), NameSecret(name), await VerifierSecretAsync(passcode!));
            return (await till.AskAsync(command)).Refusal;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

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

    /// <summary>
    /// A new passcode for <paramref name="operatorId"/>; null when done. Whether it may be set at all is answered before the
    /// passcode itself is looked at.
    /// </summary>
    public async Task<Refusal?> SetAsync(
        string operatorId,
        string? passcode,
        bool ownerProven,
        CancellationToken gone
    )
    {
        await oneAtATime.WaitAsync(gone);
        try
        {
            var state = till.State;
            var (_, refusal) = PasscodeDecisions.MaySet(state, operatorId, ownerProven, clock.Now);
            if (refusal is not null)
            {
                return refusal;
            }
            var known = state.Operators[operatorId];
            var rule = state.Policy.Passcode;
            if (PasscodeStrength.Check(passcode, known.Name, rule) is { } weak)
            {
                return weak;
            }
            if (await Task.Run(() => IsReused(known, passcode!, rule.History), CancellationToken.None))
            {
                return PasscodeStrength.Reused(rule);
            }
            var command = new SetPasscode(
                operatorId,
                await VerifierSecretAsync(passcode!),
                ownerProven
            );
            return (await till.AskAsync(command)).Refusal;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

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
            : Refusal.Invalid("operator", $"Give a name of 1 to {OperatorName.MaxLength} characters.");
}
