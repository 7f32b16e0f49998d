using Microsoft.AspNetCore.WebUtilities;

namespace Tillkeeper.Server.Console.Shell;

/// <summary>The address of the page that is looked at, with one thing changed.</summary>
internal static class Addresses
{
    public static string With(HttpRequest request, string name, string? value)
    {
        var query = request
            .Query.Where(q => q.Key != name)
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
