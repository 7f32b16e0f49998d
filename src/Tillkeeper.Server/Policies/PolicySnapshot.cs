using System.Collections.Concurrent;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.PolicyFiles;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Policies;

/// <summary>All policies as one change left them.</summary>
internal sealed class PolicySnapshot
{
    /// <summary>Combinations of settings that are kept; beyond it they are worked out anew.</summary>
    private const int MostKept = 20_000;

    public static PolicySnapshot Empty { get; } =
        new("", Policy.Default.Version, new(StringComparer.Ordinal), []);

    private readonly Dictionary<string, (string Text, PolicyDocument Document)> documents;
    private readonly ConcurrentDictionary<string, PolicyInForce> worked = new(
        StringComparer.Ordinal
    );

    private PolicySnapshot(
        string stamp,
        long revision,
        Dictionary<string, (string, PolicyDocument)> documents,
        IReadOnlyList<(RuleName Rule, string Crisis)> forced
    ) => (Stamp, Revision, this.documents, Forced) = (stamp, revision, documents, forced);

    public string Stamp { get; }
    public long Revision { get; }

    /// <summary>Rules that only record, whatever the policies say, and the crisis each was forced for.</summary>
    public IReadOnlyList<(RuleName Rule, string Crisis)> Forced { get; }

    public static PolicySnapshot Read(Views views, string stamp, PolicySnapshot before)
    {
        Dictionary<string, (string, PolicyDocument)> read = new(StringComparer.Ordinal);
        foreach (
            var (target, text) in views.Query(
                "SELECT target, document FROM policies",
                r => (r.GetString(0), r.GetString(1))
            )
        )
        {
            read[target] =
                before.documents.TryGetValue(target, out var known) && known.Text == text
                    ? known
                    : (text, PolicyFile.Read(text).Document);
        }
        List<(RuleName, string)> forced = [];
        foreach (
            var (word, crisis) in views.Query(
                "SELECT rule, crisis FROM forced_rules ORDER BY rule",
                r => (r.GetString(0), r.GetString(1))
            )
        )
        {
            if (Words.TryParse<RuleName>(word, out var rule))
            {
                forced.Add((rule, crisis));
            }
        }
        return new PolicySnapshot(
            stamp,
            (long)(views.Scalar("SELECT revision FROM policy_book") ?? Policy.Default.Version),
            read,
            forced
        );
    }

    /// <summary>The settings among these targets, the outermost first.</summary>
    public IReadOnlyList<PolicyLayer> Layers(IReadOnlyList<string> chain) =>
        [
            .. chain
                .Where(documents.ContainsKey)
                .Select(t => new PolicyLayer(t, documents[t].Document)),
        ];

    public PolicyInForce At(IReadOnlyList<string> chain)
    {
        var set = chain.Where(documents.ContainsKey).ToArray();
        var key = string.Join('\n', set);
        if (!worked.TryGetValue(key, out var found))
        {
            found = WorkOut(Layers(set));
            if (worked.Count < MostKept)
            {
                worked.TryAdd(key, found);
            }
        }
        return found;
    }

    /// <summary>What would hold where these settings meet.</summary>
    public PolicyInForce WorkOut(IReadOnlyList<PolicyLayer> layers)
    {
        var effective = EffectivePolicy.Of(layers);
        var policy = effective.Policy;
        foreach (var (name, _) in Forced)
        {
            var rule = RuleTable.Of(name);
            if (rule.In(policy).Mode == RuleMode.On)
            {
                policy = rule.With(policy, RuleMode.Shadow);
            }
        }
        policy = policy with { Version = Revision };
        return new PolicyInForce(effective, policy, PolicyValues.Essence(policy));
    }
}
