using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Api;

/// <summary>Puts a refusal (RFC 9457) into words.</summary>
internal static class Problem
{
    public static RefusedException From(int status, string? reason, byte[] body)
    {
        var problem = Read(body);
        var code = Text(problem, "code") ?? "http_" + status.ToString(CultureInfo.InvariantCulture);
        var detail =
            Text(problem, "detail")
            ?? Text(problem, "title")
            ?? Cell.Plain(reason ?? "the server gave no reason");
        string?[] lines =
        [
            $"{code}: {detail}",
            Labelled(problem, "field"),
            Labelled(problem, "remedy"),
        ];
        return new RefusedException(
            string.Join(Environment.NewLine, lines.Where(line => line is not null))
        );
    }

    private static string? Labelled(JsonObject? problem, string name) =>
        Text(problem, name) is { } text ? $"{name}: {text}" : null;

    private static string? Text(JsonObject? problem, string name) =>
        problem?[name] is { } value && Cell.Of(value) is { Length: > 0 } text ? text : null;

    private static JsonObject? Read(byte[] body)
    {
        try
        {
            return Answer.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
