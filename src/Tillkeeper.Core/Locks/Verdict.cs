using System.Collections.Immutable;

namespace Tillkeeper.Core.Locks;

/// <summary>May this terminal do this now (判定)? Denied names every lock that denies it, the gravest first.</summary>
public sealed record Verdict(bool Allow, ImmutableArray<Lock> Locks)
{
    private static readonly Verdict Allowed = new(true, []);

    /// <summary>
    /// Judges by locks alone. A lock on one operator never denies the terminal anything: another operator can sign in.
    /// A lock that the terminal has not confirmed denies already: whoever asks must not be told "allow" against an order.
    /// </summary>
    public static Verdict Of(IEnumerable<Lock> locks, Capability capability)
    {
        ImmutableArray<Lock> denying =
        [
            .. Lock.GravestFirst(
                locks.Where(l => l.Subject.IsTerminal && l.Scope.Contains(capability))
            ),
        ];
        return denying.IsEmpty ? Allowed : new Verdict(false, denying);
    }
}
