using Tillkeeper.Core.Device;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Rules.Networks;

namespace Tillkeeper.Fleet.Worlds;

/// <summary>
/// A network as shops have it: a lost round now and then, a router that starts again, a server that is being looked after while payments
/// go on.
/// </summary>
internal sealed class HonestNetwork(SimulatedTill till, Random random, Tally tally)
{
    private NetworkRecord record = NetworkRecord.Empty;

    /// <summary>Five minutes of measuring, of one kind or another.</summary>
    public void FiveMinutes()
    {
        switch (random.Next(20))
        {
            case 0:
                tally.Count("router started again");
                Measure(TimeSpan.FromMinutes(1), () => Lost);
                Measure(TimeSpan.FromMinutes(4), () => Fine);
                break;
            case 1:
                tally.Count("server looked after");
                Measure(TimeSpan.FromMinutes(5), () => ServerAway);
                break;
            default:
                tally.Count("network measured");
                Measure(TimeSpan.FromMinutes(5), () => random.Next(200) == 0 ? Lost : Fine);
                break;
        }
    }

    private NetworkSample Fine => Sample(reached: true, server: true);

    private NetworkSample Lost => Sample(reached: false, server: false);

    private NetworkSample ServerAway => Sample(reached: true, server: false);

    private NetworkSample Sample(bool reached, bool server) =>
        new(
            till.Now.Clock.Ms,
            LinkKind.Wifi,
            new Reach(server, server ? 40 : null),
            new Reach(reached, reached ? random.Next(20, 400) : null),
            reached
        );

    private void Measure(TimeSpan length, Func<NetworkSample> next)
    {
        var rule = till.State.Policy.Network;
        for (var passed = TimeSpan.Zero; passed < length; passed += NetworkRecord.Pace(rule))
        {
            Take(next(), rule);
            till.Pass(NetworkRecord.Pace(rule));
        }
    }

    private void Take(NetworkSample sample, NetworkRule rule)
    {
        record = record.Add(sample, rule);
        till.Do(
            record.Problem is null
                ? new Clear(RuleName.Network)
                : new Find(RuleName.Network, record.Evidence(rule), till.NewId())
        );
    }
}
