using Tillkeeper.Agent.SignIn;

namespace Tillkeeper.Agent.LocalApi;

/// <summary>Who calls, by the session in <c>Authorization: Bearer</c>.</summary>
internal static class Callers
{
    private const string Scheme = "Bearer ";

    public static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { Length: < 200 } text
        && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? text[Scheme.Length..].Trim()
            : null;

    public static Session? Of(HttpRequest request, Sessions sessions) =>
        sessions.Find(TokenOf(request));
}
