using System.Text.Json;
using Tillkeeper.Server.Console.Api;

namespace Tillkeeper.Server.Console.Steps;

/// <summary>One form of a page, which becomes one request to the API.</summary>
/// <param name="Path">Below the thing that the page shows, e.g. <c>/decision</c>.</param>
internal sealed record FormStep(
    Func<IFormCollection, string> Path,
    Func<IFormCollection, object> Body,
    bool Puts = false
)
{
    public static FormStep Post(string path, Func<IFormCollection, object> body) =>
        new(_ => path, body);

    /// <summary>For what needs no more than the one reason.</summary>
    public static FormStep WithReason(string path) =>
        Post(path, form => new { reason = form.Said("reason") });

    /// <param name="at">The path of the thing at the API.</param>
    public Task<Reply<JsonElement>> Take(ApiClient api, string at, IFormCollection form) =>
        Puts
            ? api.Put(at + Path(form), Body(form))
            : api.Post(at + Path(form), Body(form), form["once"]);
}

/// <summary>Reads what was typed.</summary>
internal static class FormExtensions
{
    /// <summary>Longer than anything that the API takes, so that it says what is wrong.</summary>
    private const int Longest = 10_000;

    /// <summary>A text without the spaces around it; null when nothing was typed.</summary>
    public static string? Said(this IFormCollection form, string field)
    {
        var typed = form[field].ToString();
        typed = (typed.Length > Longest ? typed[..Longest] : typed).Trim();
        return typed.Length == 0 ? null : typed;
    }

    /// <summary>A choice between yes and no; null when none was made.</summary>
    public static bool? Chose(this IFormCollection form, string field) =>
        form.Said(field) switch
        {
            "yes" => true,
            "no" => false,
            _ => null,
        };

    /// <summary>The field as a part of a path.</summary>
    public static string Segment(this IFormCollection form, string field) =>
        Uri.EscapeDataString(form.Said(field) ?? "-");

    /// <summary>Several lines, each of them one.</summary>
    public static IReadOnlyList<string> Lines(this IFormCollection form, string field) =>
        [
            .. (form.Said(field) ?? "").Split(
                '\n',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            ),
        ];
}
