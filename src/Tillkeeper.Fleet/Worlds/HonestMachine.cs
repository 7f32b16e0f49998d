namespace Tillkeeper.Fleet.Worlds;

/// <summary>A terminal that works: it is switched on and off, sometimes restarted, and its surroundings are as they are.</summary>
internal sealed class HonestMachine(SimulatedTill till, Random random, Tally tally)
{
    public void Morning()
    {
        if (random.Next(3) == 0)
        {
            Restart();
        }
    }

    /// <summary>Something that happens to a machine on any day.</summary>
    public void Act()
    {
        if (random.Next(20) == 0)
        {
            Restart();
        }
    }

    /// <summary>Off for the night, or left on.</summary>
    public void Night(TimeSpan rest)
    {
        if (random.Next(2) == 0)
        {
            tally.Count("switched off for the night");
            till.Reboot(rest);
        }
        else
        {
            till.Pass(rest);
        }
    }

    private void Restart()
    {
        tally.Count("restarted");
        till.Reboot(TimeSpan.FromMinutes(1));
    }
}
