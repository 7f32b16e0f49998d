using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Link;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Rules.Networks;

namespace Tillkeeper.Agent.Sensors.Network;

/// <summary>
/// Measures the network as often as the policy says, and tells the till what counts as bad (C5). What is judged and for how long
/// stands in <see cref="NetworkRecord"/>.
/// </summary>
internal sealed class NetworkWatch(
    AgentOptions options,
    Till till,
    DeviceClock clock,
    LinkReader links,
    LinkState link,
    ServerClient server,
    Surroundings surroundings,
    BeatNow beat
)
{
    private const int DefaultPort = 443;
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(15);

    /// <summary>The order stream says something every 20 seconds.</summary>
    private static readonly TimeSpan HeardLately = TimeSpan.FromSeconds(25);
    private volatile NetworkRecord record = NetworkRecord.Empty;

    /// <summary>The last window in numbers; null before the first round.</summary>
    public NetworkMeasures? Measures =>
        record.Samples.IsEmpty ? null : record.Measures(till.State.Policy.Network);

    public async Task RunAsync(CancellationToken stop)
    {
        var key = Finding.KeyOf(RuleName.Network, null);
        record = NetworkRecord.After(till.State.Findings.GetValueOrDefault(key));
        while (!stop.IsCancellationRequested)
        {
            var pace = NetworkRecord.Pace(till.State.Policy.Network);
            var next = Task.Delay(pace, stop);
            await RoundAsync(stop);
            await next;
        }
    }

    internal async Task RoundAsync(CancellationToken stop)
    {
        var rule = till.State.Policy.Network;
        var at = clock.Ms;
        var before = record.Problem;
        var door = ReachServerAsync(rule, stop);
        var payment = ReachPaymentAsync(rule, stop);
        await Task.WhenAll((Task)door, payment);
        // Read last: having just sent something, the kernel knows whether the next hop answers.
        var now = links.Read();
        record = record.Add(
            new NetworkSample(at, now.Kind, await door, await payment, now.GatewayAnswers),
            rule
        );
        await TellAsync(rule);
        var isFirst = record.Samples.Count == 1;
        var isElsewhere = surroundings.See(now);
        if (isElsewhere && !isFirst)
        {
            server.Reconnect();
            link.Move();
        }
        if (isElsewhere || record.Problem != before)
        {
            beat.Call();
        }
    }

    /// <summary>Asked in each round, so that a policy that became stricter acts on what stands; repeats are nothing to the till.</summary>
    private async Task TellAsync(NetworkRule rule)
    {
        if (record.Problem is not null)
        {
            await till.AskAsync(new Find(RuleName.Network, record.Evidence(rule), NewId.Lock()));
        }
        else if (till.State.Findings.ContainsKey(Finding.KeyOf(RuleName.Network, null)))
        {
            await till.AskAsync(new Clear(RuleName.Network));
        }
    }

    /// <summary>A server that has just said something is reached: a million terminals need not knock as well.</summary>
    private async Task<Reach> ReachServerAsync(NetworkRule rule, CancellationToken stop)
    {
        var lately = rule.Every * 2 < HeardLately ? rule.Every * 2 : HeardLately;
        return link.LastContact is { } heard && clock.Now.Clock.ProvenSince(heard) < lately
            ? new Reach(true)
            : await Reaching.TryAsync(
                options.Server.IdnHost,
                options.Server.Port,
                LimitOf(rule),
                stop
            );
    }

    private static async Task<Reach?> ReachPaymentAsync(NetworkRule rule, CancellationToken stop)
    {
        return PaymentHostOf(rule) is { } host
            ? await Reaching.TryAsync(host.IdnHost, PortOf(host), LimitOf(rule), stop)
            : null;
    }

    /// <summary>The payment host of the policy; null when none is set.</summary>
    internal static Uri? PaymentHostOf(NetworkRule rule) =>
        rule.PaymentHost is { } text
        && Uri.TryCreate($"tcp://{text}", UriKind.Absolute, out var host)
            ? host
            : null;

    internal static int PortOf(Uri host) => host.Port > 0 ? host.Port : DefaultPort;

    /// <summary>Long enough to see that something is slow.</summary>
    private static TimeSpan LimitOf(NetworkRule rule)
    {
        var enough = rule.Latency + TimeSpan.FromSeconds(2);
        return enough < LongestConnect ? enough : LongestConnect;
    }
}
