using System.Globalization;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Cases.Texts;

namespace Tillkeeper.Server.Cases;

/// <summary>Who acts next in a case, and what they do, in plain words.</summary>
internal sealed record NextStep(string Who, string What)
{
    /// <param name="terminal">The case's terminal, for its locks and the orders that are on their way.</param>
    public static NextStep Of(CaseState state, TerminalState terminal, CultureInfo culture)
    {
        return state.Status switch
        {
            CaseStatus.Open => Undecided(
                state,
                terminal.Locks.GetValueOrDefault(state.LockId),
                Say,
                culture
            ),
            CaseStatus.Approved => Approved(
                state,
                terminal.OpenOrders.Any(o => o.CaseId == state.Id),
                Say
            ),
            _ => new(
                "nobody",
                CaseTexts.Of("next.settled", culture, CaseTexts.Word(state.Result ?? "", culture))
            ),
        };

        string Say(string name) => CaseTexts.Of(name, culture);
    }

    private static NextStep Undecided(
        CaseState state,
        TrackedLock? tracked,
        Func<string, string> say,
        CultureInfo culture
    )
    {
        var deciders =
            state.Cause == Cause.WrongPassword ? "helpdesk, risk or admin" : "risk or admin";
        if ((tracked?.RequestedBy ?? state.FirstApproval) is not null)
        {
            return new(deciders, say("next.second"));
        }
        return state.Missing.Count > 0
            ? new(
                "applicant",
                CaseTexts.Of(
                    "next.send",
                    culture,
                    string.Join(
                        CaseTexts.Of("word.and", culture),
                        state.Missing.Select(m => CaseTexts.Word(m, culture))
                    )
                )
            )
            : new(deciders, say("next.decide"));
    }

    /// <param name="underWay">True while the terminal has not taken the order that the approval sent.</param>
    private static NextStep Approved(CaseState state, bool underWay, Func<string, string> say) =>
        state switch
        {
            { SignedIn: true } => new("terminal", say("next.further")),
            { PasscodeSet: true } => new("operator", say("next.sign_in_new")),
            { WayOut: WayOut.PasswordReset, Released: true } when !underWay => new(
                "operator",
                say("next.set_passcode")
            ),
            { CodesFor.Count: > 0 } => new("operator", say("next.type_code")),
            { WayOut: WayOut.OfflineCode } => new("support", say("next.read_challenge")),
            { WayOut: WayOut.PasswordReset } when underWay => new(
                "terminal",
                say("next.takes_reset")
            ),
            { WayOut: WayOut.ProviderRelease } when underWay => new(
                "terminal",
                say("next.ends_lock")
            ),
            { WayOut: WayOut.PasswordReset or WayOut.ProviderRelease } => new(
                "support",
                say("next.took_without")
            ),
            _ => Elsewhere(state.WayOut, say),
        };

    /// <summary>Ways out that are walked outside this system; the terminal reports when the lock has ended.</summary>
    private static NextStep Elsewhere(WayOut wayOut, Func<string, string> say) =>
        wayOut switch
        {
            WayOut.Wait => new("terminal", say("next.wait")),
            WayOut.SignIn => new("operator", say("next.sign_in")),
            WayOut.ManagerSignIn => new("manager", say("next.sign_in")),
            WayOut.BankApproval => new("bank", say("next.bank")),
            WayOut.Passkey => new("operator", say("next.passkey")),
            WayOut.MaintenanceDone => new("fleet", say("next.maintenance")),
            WayOut.SelfTest => new("operator", say("next.self_test")),
            WayOut.Repair => new("repair", say("next.repair")),
            WayOut.NetworkCheck => new("operator", say("next.network")),
            WayOut.MoveApproved => new("fleet", say("next.move")),
            WayOut.Reconnect => new("operator", say("next.reconnect")),
            WayOut.Replacement => new("fleet", say("next.replace")),
            WayOut.PasswordReset or WayOut.OfflineCode or WayOut.ProviderRelease =>
                throw new ArgumentOutOfRangeException(nameof(wayOut), wayOut, "Walked here."),
        };
}
