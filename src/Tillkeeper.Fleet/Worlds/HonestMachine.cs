using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;

namespace Tillkeeper.Fleet.Worlds;

/// <summary>A terminal that works: it is switched on and off, sometimes restarted, and one reading in some hundred is noise.</summary>
internal sealed class HonestMachine(SimulatedTill till, Random random, Tally tally)
{
    private static readonly (string Part, Capability Blocks)[] Parts =
    [
        ("card_reader", Capability.CardPayment),
        ("keypad", Capability.PinEntry),
    ];

    private const int OneIn = 500;
    private readonly Dictionary<string, (PartRuns Runs, PartCondition Condition)> runs =
        Parts.ToDictionary(p => p.Part, _ => (PartRuns.None, PartCondition.Well));

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
        switch (random.Next(20))
        {
            case 0:
                Restart();
                break;
            case 1:
                Unplug();
                break;
            default:
                Test(noise: true);
                break;
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

    /// <summary>Somebody moves the till and a plug comes out for two readings.</summary>
    private void Unplug()
    {
        tally.Count("plug out for a moment");
        Take(Parts[0], PartStatus.Absent);
        Take(Parts[0], PartStatus.Absent);
        for (var i = 0; i < till.State.Policy.Hardware.Among; i++)
        {
            Take(Parts[0], PartStatus.Ok);
        }
    }

    private void Test(bool noise)
    {
        tally.Count("parts tested");
        foreach (var part in Parts)
        {
            var failed = noise && random.Next(OneIn) == 0;
            Take(part, failed ? PartStatus.Failed : PartStatus.Ok);
        }
    }

    private void Take((string Part, Capability Blocks) part, PartStatus newest)
    {
        var (taken, standing) = runs[part.Part];
        var (now, condition) = PartJudge.Take(taken, newest, standing, till.State.Policy.Hardware);
        runs[part.Part] = (now, condition);
        if (condition == PartCondition.Faulty)
        {
            till.Do(
                new Find(RuleName.Hardware, Evidence.None, till.NewId(), part.Part, [part.Blocks])
            );
        }
        else if (condition == PartCondition.Well)
        {
            till.Do(new Clear(RuleName.Hardware, part.Part));
        }
    }

    private void Restart()
    {
        tally.Count("restarted");
        till.Reboot(TimeSpan.FromMinutes(1));
    }
}
