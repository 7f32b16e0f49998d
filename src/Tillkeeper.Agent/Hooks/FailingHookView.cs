namespace Tillkeeper.Agent.Hooks;

/// <summary>A hook that has not done its work, as <c>GET /local/v1/status</c> shows it.</summary>
/// <param name="Hook">Its folder and file.</param>
/// <param name="Problem">What went wrong, in a line.</param>
/// <param name="Attempts">How often it was tried in vain.</param>
/// <param name="NextTrySeconds">Until it is tried again.</param>
internal sealed record FailingHookView(
    string Hook,
    string LockId,
    string Problem,
    int Attempts,
    long NextTrySeconds
);
