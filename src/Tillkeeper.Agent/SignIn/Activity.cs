using Tillkeeper.Agent.Clock;

namespace Tillkeeper.Agent.SignIn;

/// <summary>When somebody last did something at the till. Looking at its state is not doing something: screens poll.</summary>
internal sealed class Activity(DeviceClock clock)
{
    private long last = clock.Ms;

    public TimeSpan Idle =>
        TimeSpan.FromMilliseconds(Math.Max(0, clock.Ms - Interlocked.Read(ref last)));

    public void Touch() => Interlocked.Exchange(ref last, clock.Ms);
}

/// <summary>Marks what only happens when somebody is at the till.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TouchesAttribute : Attribute;
