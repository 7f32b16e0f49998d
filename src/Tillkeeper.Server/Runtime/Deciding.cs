using Tillkeeper.Core;

namespace Tillkeeper.Server.Runtime;

/// <summary>Load, decide, append: what nearly every command does.</summary>
internal static class Deciding
{
    /// <summary>Decides on one stream and appends what was decided, a refusal's own events included.</summary>
    public static Decision<TEvent> Decide<TState, TEvent>(
        this Work work,
        StreamKind<TState, TEvent> kind,
        string id,
        string shardKey,
        Func<TState, Decision<TEvent>> decide
    )
        where TState : class
        where TEvent : class
    {
        var decision = decide(work.Load(kind, id));
        if (!decision.Events.IsDefaultOrEmpty)
        {
            work.Append(kind, id, shardKey, decision.Events);
        }
        return decision;
    }
}
