using System.Text.Json;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.PolicyFiles;

/// <summary>What a policy file sets, and nothing else: what it leaves out is decided elsewhere.</summary>
/// <param name="Preset">The preset it names as the base of everything, or null.</param>
public sealed record PolicyDocument(string? Preset, IReadOnlyList<GivenSection> Sections)
{
    public static PolicyDocument Empty { get; } = new(null, []);

    /// <summary>Lays what is given over a policy; the preset is not looked at.</summary>
    public Policy Over(Policy policy) => Sections.Aggregate(policy, (p, s) => s.Over(p));

    /// <summary>The keys it sets, e.g. <c>wrongPassword.attempts</c>; a list counts as one.</summary>
    public IEnumerable<string> Keys => Sections.SelectMany(s => s.Keys);
}

/// <summary>One section as far as it is given.</summary>
public sealed record GivenSection(PolicySection Section, JsonElement Value)
{
    public Policy Over(Policy policy) => Section.Over(policy, Value);

    public IEnumerable<string> Keys =>
        Value.ValueKind == JsonValueKind.Object
            ? Value.EnumerateObject().Select(f => $"{Section.Name}.{f.Name}")
            : [Section.Name];
}
