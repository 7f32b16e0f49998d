using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.Server.Cases;

/// <summary>Who acts next in a case, and what they do, in plain words.</summary>
internal sealed record NextStep(string Who, string What)
{
    /// <param name="terminal">The case's terminal, for its locks and the orders that are on their way.</param>
    public static NextStep Of(CaseState state, TerminalState terminal) =>
        state.Status switch
        {
            CaseStatus.Open => Undecided(state, terminal.Locks.GetValueOrDefault(state.LockId)),
            CaseStatus.Approved => Approved(
                state,
                terminal.OpenOrders.Any(o => o.CaseId == state.Id)
            ),
            _ => new("nobody", $"The case is settled: {state.Result}."),
        };

    private static NextStep Undecided(CaseState state, TrackedLock? tracked)
    {
        var deciders =
            state.Cause == Cause.WrongPassword ? "helpdesk, risk or admin" : "risk or admin";
        if (tracked?.RequestedBy is not null)
        {
            return new(deciders, "A second person approves; the first one's request is recorded.");
        }
        return state.Missing.Count > 0
            ? new("applicant", $"Send {string.Join(" and ", state.Missing)}; then it is decided.")
            : new(deciders, "Decide; not whoever opened the case or attached to it.");
    }

    /// <param name="underWay">True while the terminal has not taken the order that the approval sent.</param>
    private static NextStep Approved(CaseState state, bool underWay) =>
        state switch
        {
            { SignedIn: true } => new("terminal", "Ends the further locks when it is connected."),
            { PasscodeSet: true } => new("operator", "Sign in with the new passcode."),
            { WayOut: WayOut.PasswordReset, Released: true } when !underWay => new(
                "operator",
                "Set a new passcode at the terminal within 24 hours."
            ),
            { CodesFor.Count: > 0 } => new("operator", "Type the code at the terminal."),
            { WayOut: WayOut.OfflineCode } => new(
                "support",
                "Have the terminal's challenge read out, and read out the code for it."
            ),
            { WayOut: WayOut.PasswordReset } when underWay => new(
                "terminal",
                "Takes the reset when it is connected; without a connection, read out a code."
            ),
            { WayOut: WayOut.ProviderRelease } when underWay => new(
                "terminal",
                "Ends the lock when it is connected."
            ),
            { WayOut: WayOut.PasswordReset or WayOut.ProviderRelease } => new(
                "support",
                "The terminal took the order without ending the lock; see its events."
            ),
            _ => Elsewhere(state.WayOut),
        };

    /// <summary>Ways out that are walked outside this system; the terminal reports when the lock has ended.</summary>
    private static NextStep Elsewhere(WayOut wayOut) =>
        wayOut switch
        {
            WayOut.Wait => new("terminal", "Ends the lock when its time is over."),
            WayOut.SignIn => new("operator", "Sign in at the terminal."),
            WayOut.ManagerSignIn => new("manager", "Sign in at the terminal."),
            WayOut.BankApproval => new("bank", "Approves; then the terminal is released."),
            WayOut.Passkey => new("operator", "Confirm with the passkey."),
            WayOut.MaintenanceDone => new("fleet", "Finish the maintenance."),
            WayOut.SelfTest => new("operator", "Switch the terminal off and on; it tests itself."),
            WayOut.Repair => new("repair", "Repair the terminal and enrol it again."),
            WayOut.NetworkCheck => new("operator", "Connect the terminal to the shop's network."),
            WayOut.MoveApproved => new("fleet", "Register the new address."),
            WayOut.Reconnect => new("operator", "Connect the terminal."),
            WayOut.Replacement => new("fleet", "Send another terminal and enrol it."),
            WayOut.PasswordReset or WayOut.OfflineCode or WayOut.ProviderRelease =>
                throw new ArgumentOutOfRangeException(nameof(wayOut), wayOut, "Walked here."),
        };
}
