using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tillkeeper.Server.Notifications.Channels;

/// <summary>The shape of a request to a gateway, with what is sent put in so that it cannot break out of its place.</summary>
internal static partial class HttpBody
{
    public const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";
    private const int LongestHeader = 1000;
    private static readonly string[] Known = ["to", "title", "text", "id"];

    public static IReadOnlyList<string> Types { get; } = [Json, Form];

    /// <summary>What is wrong with the shape; null when nothing is.</summary>
    public static string? Problem(string body, string contentType)
    {
        var names = Placeholder().Matches(body).Select(m => m.Groups["name"].Value).ToArray();
        if (names.FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
        {
            return $"{{{{{unknown}}}}} is none of: {string.Join(", ", Known)}.";
        }
        if (!names.Contains("text"))
        {
            return "{{text}} is missing: nothing would be said.";
        }
        return contentType == Json && !IsJson(Fill(body, contentType, _ => "x"))
            ? "This is no JSON; placeholders belong inside strings."
            : null;
    }

    public static string Fill(string body, string contentType, Func<string, string> valueOf) =>
        Placeholder()
            .Replace(
                body,
                found =>
                {
                    var value = valueOf(found.Groups["name"].Value);
                    return contentType == Json
                        ? JsonEncodedText
                            .Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)
                            .ToString()
                        : Uri.EscapeDataString(value);
                }
            );

    public static bool IsHeader(string name, string value) =>
        HeaderName().IsMatch(name)
        && value.Length <= LongestHeader
        && value.All(c => c is >= ' ' and <= '~')
        // Of the request itself, not of whoever writes the channel.
        && !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
        && !name.Equals("Host", StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(string text)
    {
        try
        {
            using var read = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(
        @"\{\{(?<name>[a-z]+)\}\}",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Placeholder();

    [GeneratedRegex(
        @"^[A-Za-z0-9-]{1,60}$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex HeaderName();
}
