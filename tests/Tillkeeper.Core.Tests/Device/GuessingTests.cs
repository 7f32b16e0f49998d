using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Tests.Device;

/// <summary>
/// Invariant 2 in its pure form, R1 and R8: whatever order parallel attempts come in and wherever the power is cut, no more guesses are
/// evaluated than the policy allows. The schedules come from seeds, so that a failure can be played again.
/// </summary>
public sealed class GuessingTests
{
    private const int Schedules = 100_000;
    private const int Steps = 24;

    [Fact]
    public void Of_a_thousand_parallel_wrong_passcodes_at_limit_3_exactly_3_are_evaluated()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var world = new GuessingWorld(seed, operators: 2);
            world.Race(clients: 1000);
            Assert.Equal(3, world.Evaluated);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_schedule_of_attempts_and_power_cuts_gains_a_guess(int operators)
    {
        var (locked, evaluated) = (0, 0);
        for (var seed = 0; seed < Schedules / 3 + 1; seed++)
        {
            var world = new GuessingWorld(seed, operators);
            for (var step = 0; step < Steps; step++)
            {
                world.Step();
                Assert.True(world.Broken is null, $"seed {seed}, step {step}: {world.Broken}");
            }
            locked += world.Locked;
            evaluated += world.Evaluated;
        }
        // A schedule that never reaches a limit proves nothing about it.
        Assert.True(locked > Schedules / 10, $"only {locked} locks");
        Assert.True(evaluated > Schedules, $"only {evaluated} evaluations");
    }

    [Fact]
    public void With_the_limit_lifted_the_same_schedules_do_break_the_rule()
    {
        var broken = 0;
        for (var seed = 0; seed < 2000; seed++)
        {
            var lax = new WrongPasswordRule { Attempts = 4, ResetAfter = 9 };
            var world = new GuessingWorld(seed, operators: 3, lax);
            for (var step = 0; step < Steps; step++)
            {
                world.Step();
            }
            broken += world.Broken is null ? 0 : 1;
        }
        Assert.True(broken > 0);
    }
}
