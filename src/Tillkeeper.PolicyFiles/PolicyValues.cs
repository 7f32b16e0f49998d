using System.Text.Json.Nodes;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.PolicyFiles;

/// <summary>A value that differs between two policies. Values as in a policy file; null where there is none.</summary>
/// <param name="Key">E.g. <c>wrongPassword.attempts</c>.</param>
public sealed record PolicyChange(string Key, JsonNode? From, JsonNode? To);

/// <summary>A policy as a flat list of keys and values, to compare and to show.</summary>
public static class PolicyValues
{
    /// <summary>Every value by its key, in the order of a file; a list is one value.</summary>
    public static IEnumerable<(string Key, JsonNode? Value)> Of(Policy policy)
    {
        foreach (var section in PolicySections.All)
        {
            if (section.ToJson(policy) is not JsonObject fields)
            {
                yield return (section.Name, section.ToJson(policy));
                continue;
            }
            // Nothing in JSON, such as a payment host that is not set, is a value all the same.
            foreach (var field in section.Shape.Properties)
            {
                yield return ($"{section.Name}.{field.Name}", fields[field.Name]?.DeepClone());
            }
        }
    }

    /// <summary>What differs, in the order of a file; versions are not compared.</summary>
    public static IReadOnlyList<PolicyChange> Changes(Policy from, Policy to) =>
        [
            .. Of(from)
                .Zip(Of(to), (a, b) => new PolicyChange(a.Key, a.Value, b.Value))
                .Where(c => !JsonNode.DeepEquals(c.From, c.To)),
        ];

    /// <summary>
    /// Everything by which a policy differs from the defaults, as compact JSON: equal texts are equal policies, also when a later version
    /// knows more rules.
    /// </summary>
    public static string Essence(Policy policy)
    {
        var essence = new JsonObject();
        foreach (var change in Changes(Policy.Default, policy))
        {
            essence[change.Key] = change.To?.DeepClone();
        }
        return essence.ToJsonString();
    }
}
