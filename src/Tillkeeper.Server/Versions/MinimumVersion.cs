using System.Collections.Immutable;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Versions;

/// <summary>
/// Finds programs older than the policy allows (C7; PCI DSS 4.0 6.3.3): a warning at once, and what the policy leads to only once the time
/// to update is over. Looked at when a terminal says what it runs, when it has taken a new policy, and when that time ends.
/// </summary>
internal sealed class MinimumVersion(PolicyBook policies) : ITimerHandler
{
    public string Kind => OldVersionStreams.Timer;

    public void Fire(Work work, string key)
    {
        work.Append(OldVersionStreams.Kind, key, key, [new VersionGraceOver()]);
        Look(work, key, null);
    }

    /// <summary>What a terminal reported may change the judgement of it.</summary>
    public void Observe(Work work, string terminal, IEnumerable<TerminalReported> reported)
    {
        var (look, program) = (false, (string?)null);
        foreach (var happened in reported)
        {
            switch (happened.Said)
            {
                case DeviceStarted started:
                    (look, program) = (true, started.Program);
                    break;
                case PolicyChanged:
                    look = true;
                    break;
            }
        }
        if (look)
        {
            Look(work, terminal, program);
        }
    }

    private void Look(Work work, string id, string? reported)
    {
        var policy = policies.Of(work.Views, work.Load(TerminalStreams.Kind, id));
        var rule = policy.MinimumVersion;
        var version = VersionIn(
            reported
                ?? (string?)work.Views.Scalar("SELECT version FROM terminals WHERE id = $1", id)
        );
        var effect = RuleTable.Effect(RuleName.MinimumVersion, policy);
        var known = work.Load(OldVersionStreams.Kind, id);
        if (
            effect is null
            || version is null
            || rule.Version is not { } minimum
            || !DottedVersion.IsOlder(version, minimum)
        )
        {
            Accept(work, id, known);
            return;
        }
        var found = Since(known.TooOld, version, minimum, rule, work.Now);
        if (found != known.TooOld)
        {
            work.Append(OldVersionStreams.Kind, id, id, [found]);
        }
        if (work.Now < found.Until && effect > FindingEffect.Warning)
        {
            effect = FindingEffect.Warning;
        }
        var facts = ImmutableSortedDictionary
            .Create<string, string>(StringComparer.Ordinal)
            .Add("version", ReportedText.Short(version))
            .Add("minimum", minimum)
            .Add("until", UtcTimeJson.Write(found.Until));
        Decide(
            work,
            id,
            new FindRule(RuleName.MinimumVersion, effect, new Evidence(Facts: facts), Ids.New())
        );
    }

    /// <summary>Each new minimum gives its own time to update; another old version does not give it anew.</summary>
    private static VersionTooOld Since(
        VersionTooOld? known,
        string version,
        string minimum,
        MinimumVersionRule rule,
        DateTimeOffset now
    )
    {
        var since = known?.Minimum == minimum ? known.Since : now;
        return new VersionTooOld(version, minimum, since, since + rule.Grace);
    }

    private static void Accept(Work work, string id, OldVersionState known)
    {
        if (known.TooOld is not null)
        {
            work.Append(OldVersionStreams.Kind, id, id, [new VersionAccepted()]);
            Decide(work, id, new ClearRule(RuleName.MinimumVersion));
        }
    }

    private static void Decide(Work work, string id, ITerminalCommand command) =>
        work.Decide(
            TerminalStreams.Kind,
            id,
            id,
            s => TerminalDecisions.Decide(s, command, work.Now)
        );

    /// <summary>The dotted number in what a program calls itself, e.g. of <c>tillkeeper-agent 1.2.3</c>; null when there is none.</summary>
    private static string? VersionIn(string? program) =>
        program?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [.., var last]
        && DottedVersion.IsOne(last)
            ? last
            : null;
}
