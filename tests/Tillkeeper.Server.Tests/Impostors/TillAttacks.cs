using Tillkeeper.Core.Locks;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>Attacks by somebody who stands at the till.</summary>
internal static class TillAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        new(
            "a cashier tries the manager's passcode",
            WayOut.ManagerSignIn,
            Cause.WrongPassword,
            s => s.SignIn(Scene.Manager, right: false),
            s => s.SignIn(Scene.Manager, right: true)
        )
        {
            Honest = "the manager signs in",
        },
        new(
            "the paused cashier goes on with the right passcode",
            WayOut.ManagerSignIn,
            Cause.WrongPassword,
            s => s.SignIn(Scene.Cashier, right: true),
            s => s.SignIn(Scene.Manager, right: true)
        )
        {
            Honest = "the manager signs in",
        },
        new(
            "a customer touches the screen while the cashier is away",
            WayOut.SignIn,
            Cause.Away,
            s => s.SignIn("nobody", right: true),
            s => s.SignIn(Scene.Cashier, right: true)
        )
        {
            Honest = "the cashier comes back and signs in",
        },
    ];
}
