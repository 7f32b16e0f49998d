using System.Collections.Frozen;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.PolicyFiles;

/// <summary>The policies that come with the product, as files like any other (folder <c>Presets</c>).</summary>
public static class Presets
{
    /// <summary>What holds when nobody says otherwise.</summary>
    public const string Default = "gentle";

    public static IReadOnlyList<string> Names { get; } = [Default, "standard", "strict"];

    private static readonly FrozenDictionary<string, Policy> Policies = Names.ToFrozenDictionary(
        name => name,
        name => PolicyFile.Read(TextOf(name)).Document.Over(Policy.Default),
        StringComparer.Ordinal
    );

    /// <summary>The whole policy of a preset.</summary>
    public static Policy Of(string name) => Policies[name];

    /// <summary>The file of a preset as it was written.</summary>
    public static string TextOf(string name)
    {
        using var stream = typeof(Presets).Assembly.GetManifestResourceStream(
            $"{typeof(Presets).Namespace}.Presets.{name}.yaml"
        )!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>What a file that names this preset begins with. The presets themselves name none.</summary>
    internal static Policy BaseOf(string? name) => name is null ? Policy.Default : Policies[name];
}
