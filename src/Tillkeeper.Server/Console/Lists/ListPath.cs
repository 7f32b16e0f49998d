using Microsoft.AspNetCore.WebUtilities;

namespace Tillkeeper.Server.Console.Lists;

/// <summary>The address of a list at the API, for what the reader has chosen on its page.</summary>
internal static class ListPath
{
    /// <summary>Takes over page and filters; an empty field of a form is none.</summary>
    /// <param name="request">The page's own.</param>
    /// <param name="names">The filters that the API calls the same.</param>
    public static string Of(
        string path,
        HttpRequest request,
        ReadOnlySpan<string> names,
        params ReadOnlySpan<(string Name, string? Value)> more
    )
    {
        foreach (var name in (ReadOnlySpan<string>)[.. names, "after"])
        {
            if (name == "after" && Csv.IsAsked(request))
            {
                // The file is the whole list, wherever the reader was in it.
                continue;
            }
            if (request.Query[name].ToString() is { Length: > 0 } value)
            {
                path = QueryHelpers.AddQueryString(path, name, value);
            }
        }
        foreach (var (name, value) in more)
        {
            if (value is { Length: > 0 })
            {
                path = QueryHelpers.AddQueryString(path, name, value);
            }
        }
        return path;
    }
}
