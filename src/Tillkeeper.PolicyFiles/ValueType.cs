using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.PolicyFiles;

/// <summary>
/// How a single value of a type is written in a policy file. The type that a key has decides, never how the text looks: <c>off</c> is a
/// word where words belong, although YAML 1.1 takes it for <c>false</c>.
/// </summary>
internal static partial class ValueType
{
    /// <summary>The value as JSON, or what would be right.</summary>
    public static (JsonNode? Value, string? Remedy) Read(Type type, YamlScalar given)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string))
        {
            return (JsonValue.Create(given.Text), null);
        }
        if (plain == typeof(TimeSpan))
        {
            return IsoDurationJson.TryParse(given.Text, out _)
                ? (JsonValue.Create(given.Text), null)
                : (null, Duration(given.Text));
        }
        if (plain == typeof(TimeOnly))
        {
            return TimeOnly.TryParseExact(
                given.Text,
                ["H:mm", "HH:mm", "HH:mm:ss"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var time
            )
                ? (JsonValue.Create(time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)), null)
                : (null, "write a time of day such as 01:00");
        }
        if (plain.IsEnum)
        {
            var words = WordsOf(plain);
            return words.Contains(given.Text, StringComparer.Ordinal)
                ? (JsonValue.Create(given.Text), null)
                : (null, $"use one of: {string.Join(", ", words)}");
        }
        return given.Plain ? Number(plain, given.Text) : (null, $"write {In(type)} without quotes");
    }

    /// <summary>The type in words, for the reference and for remedies.</summary>
    public static string In(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            _ when plain == typeof(string) => "text",
            _ when plain == typeof(TimeSpan) => "a duration (ISO 8601)",
            _ when plain == typeof(TimeOnly) => "a time of day",
            _ when plain == typeof(bool) => "true or false",
            _ when plain == typeof(double) => "a number",
            _ when plain == typeof(int) || plain == typeof(long) => "a whole number",
            { IsEnum: true } => string.Join(", ", WordsOf(plain)),
            _ => throw new NotSupportedException($"A policy file has no way to write {plain}."),
        };
    }

    public static IReadOnlyList<string> WordsOf(Type type) =>
        [.. Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    private static (JsonNode? Value, string? Remedy) Number(Type type, string text)
    {
        if (type == typeof(bool))
        {
            return text switch
            {
                "true" => (JsonValue.Create(true), null),
                "false" => (JsonValue.Create(false), null),
                _ => (null, "use true or false"),
            };
        }
        if (type == typeof(double))
        {
            return
                double.TryParse(
                    text,
                    NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var number
                ) && double.IsFinite(number)
                ? (JsonValue.Create(number), null)
                : (null, "write a number such as 0.5");
        }
        var most = type == typeof(int) ? int.MaxValue : long.MaxValue;
        return
            long.TryParse(
                text,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var whole
            )
            && whole <= most
            && whole >= -most
            ? (JsonValue.Create(whole), null)
            : (null, "write a whole number such as 5");
    }

    private static string Duration(string text)
    {
        var match = Colloquial().Match(text);
        if (!match.Success)
        {
            return "write a duration such as PT30M (thirty minutes), PT12H or P7D (ISO 8601)";
        }
        var number = match.Groups["number"].Value;
        return match.Groups["unit"].Value[0] switch
        {
            's' => $"write PT{number}S",
            'm' => $"write PT{number}M",
            'h' => $"write PT{number}H",
            _ => $"write P{number}D",
        };
    }

    [GeneratedRegex(
        "^(?<number>[0-9]{1,6}) ?(?<unit>s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Colloquial();
}
