using System.Globalization;
using System.Text.Json.Nodes;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.PolicyFiles;

/// <summary>
/// Finds every value out of range. The limits name only the first one: it is noted and taken out, until nothing is left to name.
/// </summary>
internal sealed class RangeCheck(PolicyDocument document, IReadOnlyDictionary<string, int> written)
{
    private readonly Dictionary<string, int> lines = written.ToDictionary(StringComparer.Ordinal);
    private readonly HashSet<string> told = new(StringComparer.Ordinal);

    /// <summary>What is left when everything out of range is taken out.</summary>
    public PolicyDocument Document { get; private set; } = document;

    public void Run(List<PolicyFileError> errors)
    {
        var @base = Presets.BaseOf(Document.Preset);
        while (PolicyLimits.Check(Document.Over(@base)) is { } wrong)
        {
            var key = wrong.Field ?? "";
            var (name, field) = key.Split('.') is [var s, var f] ? (s, f) : (key, "");
            if (Document.Sections.FirstOrDefault(g => g.Section.Name == name) is not { } given)
            {
                // Nothing that this file says is at fault.
                Tell(errors, 1, wrong.Detail, key);
                return;
            }
            switch (JsonNode.Parse(given.Value.GetRawText()))
            {
                case JsonObject fields when fields.Remove(field):
                    Tell(errors, LineOf(key, name), wrong.Detail, key);
                    Put(given, fields);
                    break;
                case JsonArray items when Broken(given.Section, items) is { } nth:
                    errors.Add(
                        new PolicyFileError(LineOf(Entry(name, nth), name), wrong.Detail, key)
                    );
                    TakeOut(name, nth, items.Count);
                    items.RemoveAt(nth);
                    Put(given, items);
                    break;
                default:
                    // Another key of the section rules out what stands below it.
                    Tell(errors, LineOf(name, name), wrong.Detail, key);
                    Document = Document with
                    {
                        Sections = [.. Document.Sections.Where(g => g != given)],
                    };
                    break;
            }
        }
    }

    /// <summary>Once a key: without its own value it may be wrong a second time, by what stands below.</summary>
    private void Tell(List<PolicyFileError> errors, int line, string problem, string key)
    {
        if (told.Add(key))
        {
            errors.Add(new PolicyFileError(line, problem, key));
        }
    }

    private int LineOf(string key, string section) =>
        lines.TryGetValue(key, out var line) ? line : lines.GetValueOrDefault(section, 1);

    private void Put(GivenSection given, JsonNode rest) =>
        Document = Document with
        {
            Sections =
            [
                .. Document.Sections.Select(g =>
                    g == given ? g with { Value = PolicyFile.ToElement(rest) } : g
                ),
            ],
        };

    /// <summary>The entries behind one that goes move up.</summary>
    private void TakeOut(string name, int nth, int count)
    {
        for (var i = nth; i < count - 1; i++)
        {
            lines[Entry(name, i)] = LineOf(Entry(name, i + 1), name);
        }
    }

    private static string Entry(string name, int nth) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}[{nth}]");

    /// <summary>The first entry with which a list is no longer within its limits.</summary>
    private static int? Broken(PolicySection section, JsonArray items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var some = new JsonArray([.. items.Take(i + 1).Select(n => n?.DeepClone())]);
            var policy = section.Over(Policy.Default, PolicyFile.ToElement(some));
            if (PolicyLimits.Check(policy) is not null)
            {
                return i;
            }
        }
        return null;
    }
}
