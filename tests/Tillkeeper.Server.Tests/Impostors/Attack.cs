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
    /// <summary>What the honest twin does, in a few words.</summary>
    public required string Honest { get; init; }

    /// <summary>The policy of the shop, or empty for the defaults.</summary>
    public string Policy { get; init; } = "";

    /// <summary>How the lock comes about; null for the usual way of its cause. Leaves it at <see cref="Scene.Adopt"/>.</summary>
    public Func<Scene, Task>? Begin { get; init; }

    /// <summary>Whether the way out has been walked; null: whether the terminal itself says that its lock has ended.</summary>
    public Func<Scene, Task<bool>>? IsOpen { get; init; }

    public override string ToString() => Name;
}
