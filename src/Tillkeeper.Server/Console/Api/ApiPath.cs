using Microsoft.AspNetCore.WebUtilities;

namespace Tillkeeper.Server.Console.Api;

/// <summary>Paths of the API, with what a page was asked for: its own filters go on as they are, and nothing else does.</summary>
internal static class ApiPath
{
    /// <param name="names">The filters that the API knows; <c>after</c> among them where the page shows one page of the list.</param>
    public static string With(string path, HttpRequest request, params ReadOnlySpan<string> names)
    {
        var asked = path;
        foreach (var name in names)
        {
            if (request.Query[name].ToString() is { Length: > 0 } value)
            {
                asked = QueryHelpers.AddQueryString(asked, name, value);
            }
        }
        return asked;
    }
}
