namespace Tillkeeper.Agent.Clock;

/// <summary>What the machine itself says about time. A seam: tests move it, waits of half an hour included.</summary>
internal interface IMachineClock
{
    /// <summary>Which start of the machine this is.</summary>
    string Boot { get; }

    /// <summary>Milliseconds since then, sleep included; never goes back.</summary>
    long BootMs { get; }

    /// <summary>The wall clock: for showing only, anybody can set it.</summary>
    DateTimeOffset Wall { get; }
}
