namespace Tillkeeper.Agent.Hooks;

/// <summary>When a hook runs.</summary>
internal enum HookMoment
{
    Begun,
    Ended,
}
