using System.Text;
using Tillkeeper.Core.Policies;
using Tillkeeper.PolicyFiles;

namespace Tillkeeper.House;

/// <summary>Writes <c>docs/reference/policy.md</c>: every key of a policy file.</summary>
internal static class PolicyReference
{
    public static string Write()
    {
        var text = new StringBuilder();
        text.AppendLine("# Policy files");
        text.Paragraph(
            "Generated from `src/Tillkeeper.Core/Policies` and `src/Tillkeeper.PolicyFiles`; do not edit by hand. How policies meet and reach terminals: [policies](../concepts/policies.md)."
        );
        text.Paragraph(
            $"A file is YAML with the sections below, and may name a `preset` ({string.Join(", ", Presets.Names.Select(n => $"`{n}`"))}) as the base of everything. Only what it gives is set. Durations are ISO 8601 (`PT30M`, `P7D`), words stand without quotes (`mode: off` is the word). `tillkeeper policy check FILE` tells every mistake with its line."
        );
        text.Paragraph(
            "The three columns of values are the presets; `gentle` is the default. A dash: the same as `gentle`."
        );
        foreach (var section in PolicySections.All)
        {
            Section(text, section);
        }
        Standards(text);
        return text.ToString();
    }

    private static void Section(StringBuilder text, PolicySection section)
    {
        text.Heading(2, section.Name);
        text.Paragraph(DocComments.Of(PolicyKeys.ShapeOf(section).Type));
        text.Table(
            ["key", "type", .. Presets.Names, "range", "meaning"],
            PolicyKeys
                .Of(section)
                .Select(key =>
                    (IReadOnlyList<string>)
                        [
                            $"`{key.Key.Split('.')[1]}`",
                            key.Type,
                            $"`{key.Values[0]}`",
                            .. key.Values.Skip(1).Select(v => v == key.Values[0] ? "-" : $"`{v}`"),
                            key.Range,
                            key.Meaning,
                        ]
                )
        );
    }

    private static void Standards(StringBuilder text)
    {
        text.Heading(2, "Clauses that the presets honour");
        text.Paragraph(
            "Each is tested against each preset. A file may depart from one; `policy check` then says so in a note."
        );
        text.Table(
            ["key", "clause", "asks"],
            Clauses.All.Select(c => (IReadOnlyList<string>)[$"`{c.Key}`", c.Source, c.Asks])
        );
    }
}
