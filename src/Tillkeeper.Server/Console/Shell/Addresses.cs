using Microsoft.AspNetCore.WebUtilities;

namespace Tillkeeper.Server.Console.Shell;

/// <summary>The address of the page that is looked at, with one thing changed.</summary>
internal static class Addresses
{
    public static string With(HttpRequest request, string name, string? value) =>
        With(request, q => q != name, name, value);

    /// <summary>The same from the first page on: what comes next in one order is nowhere in another.</summary>
    public static string Anew(HttpRequest request, string name, string? value) =>
        With(request, q => q != name && q != "after", name, value);

    private static string With(
        HttpRequest request,
        Func<string, bool> stays,
        string name,
        string? value
    )
    {
        var query = request
            .Query.Where(q => stays(q.Key))
            .SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v));
        if (value is not null)
        {
            query = query.Append(KeyValuePair.Create(name, (string?)value));
        }
        // Relative to the page: what a reader follows must stay here whatever the request said.
        return "?" + QueryHelpers.AddQueryString("", query).TrimStart('?');
    }

    /// <summary>Whether the reader has narrowed the list down.</summary>
    public static bool IsFiltered(HttpRequest request) =>
        request.Query.Any(q =>
            q.Key is not ("lang" or "sort" or "after" or "format") && q.Value.ToString().Length > 0
        );
}
