using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Policies;

/// <summary>Something that happened to the provider's policies.</summary>
internal interface IPolicyEvent;

/// <summary>A change that terminals have to be told of. Revisions count up over the whole installation.</summary>
internal interface IPolicyRevision : IPolicyEvent
{
    long Revision { get; }

    /// <summary>Whom it concerns, e.g. <c>provider</c> or <c>merchant:7Q...</c>.</summary>
    string Target { get; }

    /// <summary>Random; tells this change from another one with the same number that was rolled back.</summary>
    string Stamp { get; }
}

/// <param name="Document">The policy file as it was written.</param>
/// <param name="Proposer">Who asked for it first, where two people set it.</param>
internal sealed record PolicySet(
    string Target,
    long Revision,
    string Stamp,
    string Document,
    string Person,
    string Reason,
    string? Proposer = null
) : IPolicyRevision;

/// <summary>The first of two people asked for a policy. Nothing changes by it yet.</summary>
/// <param name="Base">The revision that stood there then; 0 when there was none.</param>
internal sealed record PolicyProposed(
    string Target,
    string Document,
    string Person,
    string Reason,
    long Base
) : IPolicyEvent;

internal sealed record PolicyRemoved(
    string Target,
    long Revision,
    string Stamp,
    string Person,
    string Reason
) : IPolicyRevision;

/// <summary>A rule only records from now on, everywhere and above every policy.</summary>
internal sealed record RuleForced(RuleName Rule, string Crisis, long Revision, string Stamp)
    : IPolicyRevision
{
    [JsonIgnore]
    public string Target => PolicyTarget.Provider;
}

/// <summary>The policies say again what the rule does.</summary>
internal sealed record RuleLifted(
    RuleName Rule,
    long Revision,
    string Stamp,
    string Person,
    string Why
) : IPolicyRevision
{
    [JsonIgnore]
    public string Target => PolicyTarget.Provider;
}

/// <summary>Some more terminals were looked at, and told where something changes for them.</summary>
/// <param name="Revision">Of the change that is brought out.</param>
/// <param name="After">The last terminal looked at.</param>
/// <param name="Skipped">Terminals that could not be told now, e.g. because too many orders wait for them.</param>
internal sealed record PolicyBroughtOut(
    long Revision,
    string After,
    int Checked,
    int Ordered,
    int Skipped,
    bool Done
) : IPolicyEvent;

/// <summary>The fold: how far the numbers have come. The documents themselves are views of the log.</summary>
internal sealed record PolicyBookState
{
    /// <summary>The defaults that every terminal is born with are number 1.</summary>
    public long Revision { get; init; } = Core.Policies.Policy.Default.Version;

    /// <summary>Rules forced to shadow, by their word, and the crisis that each was forced for.</summary>
    public ImmutableSortedDictionary<string, string> Forced { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static PolicyBookState Apply(PolicyBookState state, IPolicyEvent happened) =>
        happened switch
        {
            RuleForced e => state with
            {
                Revision = e.Revision,
                Forced = state.Forced.SetItem(Words.Of(e.Rule), e.Crisis),
            },
            RuleLifted e => state with
            {
                Revision = e.Revision,
                Forced = state.Forced.Remove(Words.Of(e.Rule)),
            },
            IPolicyRevision e => state with { Revision = e.Revision },
            PolicyProposed or PolicyBroughtOut => state,
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(PolicyBookState))]
[JsonSerializable(typeof(PolicySet))]
[JsonSerializable(typeof(PolicyProposed))]
[JsonSerializable(typeof(PolicyRemoved))]
[JsonSerializable(typeof(RuleForced))]
[JsonSerializable(typeof(RuleLifted))]
[JsonSerializable(typeof(PolicyBroughtOut))]
internal sealed partial class PolicyJson : JsonSerializerContext;
