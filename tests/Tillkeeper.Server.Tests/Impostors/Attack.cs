using Tillkeeper.Core.Locks;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>One attempt to get a lock released by somebody who must not, and the honest person whom it imitates.</summary>
/// <param name="Name">What the impostor does, in a sentence.</param>
/// <param name="WayOut">The way out that is attacked.</param>
/// <param name="Cause">Why the terminal is locked.</param>
/// <param name="Act">The attack. Whatever it is answered: afterwards the terminal must still be locked.</param>
/// <param name="Twin">The same by somebody honest: afterwards the terminal must be free.</param>
internal sealed record Attack(
    string Name,
    WayOut WayOut,
    Cause Cause,
    Func<Scene, Task> Act,
    Func<Scene, Task> Twin
)
{
    public override string ToString() => Name;
}
