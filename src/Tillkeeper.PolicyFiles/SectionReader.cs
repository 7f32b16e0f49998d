using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Tillkeeper.PolicyFiles;

/// <summary>
/// Turns a part of the tree into the JSON of a shape, key by key, and notes everything that does not fit. What fits is kept, so that
/// one mistake does not hide the next.
/// </summary>
internal sealed class SectionReader(List<PolicyFileError> errors)
{
    /// <summary>Where each value that was taken stands, by key.</summary>
    public Dictionary<string, int> Lines { get; } = new(StringComparer.Ordinal);

    public JsonNode? Read(string key, YamlItem given, JsonTypeInfo shape)
    {
        Lines[key] = given.Line;
        return shape.Kind == JsonTypeInfoKind.Object
            ? Object(key, given, shape)
            : Value(key, given, shape.Type, shape.Options);
    }

    private JsonObject? Object(string key, YamlItem given, JsonTypeInfo shape)
    {
        if (given is not YamlMap map)
        {
            Wrong(
                given.Line,
                key,
                $"'{key}' takes keys of its own; write them below it, indented: {Names(shape)}."
            );
            return null;
        }
        var read = new JsonObject();
        foreach (var entry in map.Entries)
        {
            var known = shape.Properties.FirstOrDefault(p => p.Name == entry.Key);
            if (known is null)
            {
                var names = shape.Properties.Select(p => p.Name);
                Wrong(
                    entry.Line,
                    key,
                    $"'{key}' has no key '{Spelling.Shown(entry.Key)}';{Spelling.Suggest(entry.Key, names)} It has: {Names(shape)}."
                );
                continue;
            }
            var inner = $"{key}.{entry.Key}";
            Lines[inner] = entry.Line;
            if (entry.Value is YamlScalar { IsNull: true })
            {
                if (known.IsSetNullable)
                {
                    read[entry.Key] = null;
                }
                else
                {
                    Wrong(
                        entry.Line,
                        inner,
                        $"'{inner}' has no value; give it one, or leave it out."
                    );
                }
            }
            else if (Value(inner, entry.Value, known.PropertyType, shape.Options) is { } value)
            {
                read[entry.Key] = value;
            }
        }
        return Complete(key, map, shape, read) ? read : null;
    }

    private bool Complete(string key, YamlMap map, JsonTypeInfo shape, JsonObject read)
    {
        var missing = shape
            .Properties.Where(p => p.IsRequired && !read.ContainsKey(p.Name))
            .Select(p => p.Name)
            .ToArray();
        foreach (var name in missing.Where(n => map.Entries.All(e => e.Key != n)))
        {
            Wrong(map.Line, key, $"'{key}' lacks '{name}'; every entry needs it.");
        }
        return missing.Length == 0;
    }

    private JsonNode? Value(
        string key,
        YamlItem given,
        Type type,
        System.Text.Json.JsonSerializerOptions options
    )
    {
        if (ElementOf(type) is { } element)
        {
            return List(key, given, element, options);
        }
        if (type != typeof(string) && type.IsClass)
        {
            return Object(key, given, options.GetTypeInfo(type));
        }
        if (given is not YamlScalar scalar)
        {
            Wrong(given.Line, key, $"'{key}' takes a single value; write {ValueType.In(type)}.");
            return null;
        }
        var (value, remedy) = ValueType.Read(type, scalar);
        if (remedy is not null)
        {
            Wrong(given.Line, key, $"'{key}' cannot be '{Spelling.Shown(scalar.Text)}'; {remedy}.");
        }
        return value;
    }

    private JsonArray? List(
        string key,
        YamlItem given,
        Type element,
        System.Text.Json.JsonSerializerOptions options
    )
    {
        if (given is not YamlList list)
        {
            Wrong(given.Line, key, $"'{key}' takes a list; write [a, b] or one '- ' a line.");
            return null;
        }
        var read = new JsonArray();
        foreach (var item in list.Items)
        {
            if (item is YamlScalar { IsNull: true })
            {
                Wrong(item.Line, key, $"an entry of '{key}' is empty; fill it in or take it out.");
            }
            else if (Value(key, item, element, options) is { } value)
            {
                Lines[string.Create(CultureInfo.InvariantCulture, $"{key}[{read.Count}]")] =
                    item.Line;
                read.Add(value);
            }
        }
        return read;
    }

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GetGenericArguments()[0]
            : null;

    private static string Names(JsonTypeInfo shape) =>
        string.Join(", ", shape.Properties.Select(p => p.Name));

    private void Wrong(int line, string key, string problem) =>
        errors.Add(new PolicyFileError(line, problem, key));
}
