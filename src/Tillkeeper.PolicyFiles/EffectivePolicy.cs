using Tillkeeper.Core.Policies;

namespace Tillkeeper.PolicyFiles;

/// <summary>One of the places whose settings meet at a terminal.</summary>
/// <param name="Target">E.g. <c>merchant:7Q...</c>.</param>
public sealed record PolicyLayer(string Target, PolicyDocument Document);

/// <summary>What holds where several settings meet: of each value the nearest one.</summary>
/// <param name="Sources">Who set each value that somebody set, by key; the others are the preset's.</param>
/// <param name="PresetFrom">Who chose the preset; null when nobody did.</param>
public sealed record EffectivePolicy(
    Policy Policy,
    string Preset,
    string? PresetFrom,
    IReadOnlyDictionary<string, string> Sources
)
{
    /// <summary>
    /// Lays the settings over each other. A preset is the base below all of them, wherever it is named, and the nearest one named counts:
    /// a value that somebody wrote out is never overruled by a preset.
    /// </summary>
    /// <param name="layers">The outermost first.</param>
    public static EffectivePolicy Of(IReadOnlyList<PolicyLayer> layers)
    {
        var chosen = layers.LastOrDefault(l => l.Document.Preset is not null);
        var preset = chosen?.Document.Preset ?? Presets.Default;
        var policy = Presets.Of(preset);
        Dictionary<string, string> sources = new(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            policy = layer.Document.Over(policy);
            foreach (var key in layer.Document.Keys)
            {
                sources[key] = layer.Target;
            }
        }
        return new EffectivePolicy(policy, preset, chosen?.Target, sources);
    }
}
