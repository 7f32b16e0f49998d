using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Identity;
using Tillkeeper.Core;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Codes;

/// <param name="Text">32 characters; shown in groups of four.</param>
internal sealed record ShownChallenge(string Text, TimeSpan ValidFor);

/// <param name="Released">The lock has ended.</param>
/// <param name="Remaining">Tries left when it has not.</param>
internal sealed record CodeAnswer(bool Released, int Remaining);

/// <summary>Challenges out, codes in. A code is counted durably before it is compared, and one at a time (invariant 2).</summary>
internal sealed class CodeDesk(Till till, IdentityStore identities, DeviceClock clock) : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1);

    public async Task<(ShownChallenge? Shown, Refusal? Refusal)> ChallengeAsync(string lockId)
    {
        var answer = await till.AskAsync(new IssueChallenge(lockId, NewId.Nonce()));
        if (answer.Refusal is not null)
        {
            return (null, answer.Refusal);
        }
        return answer.State.Locks.TryGetValue(lockId, out var active) && TextOf(active) is { } text
            ? (
                new ShownChallenge(text, CodeDecisions.ValidFor(answer.State, active, clock.Now)),
                null
            )
            : (null, Refusal.NotFound("lock"));
    }

    public async Task<(CodeAnswer? Answer, Refusal? Refusal)> TryAsync(
        string lockId,
        string? typed,
        CancellationToken gone
    )
    {
        await oneAtATime.WaitAsync(gone);
        try
        {
            var begun = await till.AskAsync(new BeginCode(lockId));
            if (begun.Refusal is not null)
            {
                return (null, begun.Refusal);
            }
            var active = begun.State.Locks[lockId];
            var effect = OfflineCode.Evaluate(
                identities.Required.CodeKey,
                TextOf(active)
                    ?? throw new InvalidOperationException("A counted code has no challenge."),
                typed
            );
            var ended = await till.AskAsync(new EndCode(lockId, effect));
            var released = ended.Events.Any(e => e is LockEnded);
            return ended.Refusal is null
                ? (new CodeAnswer(released, CodeDecisions.TriesLeft(begun.State, active)), null)
                : (null, ended.Refusal);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private string? TextOf(DeviceLock active) =>
        active.Challenge is { } shown
            ? new Challenge(
                active.Lock.Cause,
                identities.Required.TerminalId,
                active.Lock.Id,
                shown.Nonce
            ).Text(identities.Required.CodeKey)
            : null;
}
