namespace Tillkeeper.Agent.Link;

/// <summary>The public address of the people's door, as the server tells it.</summary>
internal static class PortalAddress
{
    private const int Longest = 200;

    /// <summary>Only an https address without a user, query or fragment is one; its path ends with a slash, so that links go below it.</summary>
    public static Uri? Read(string? told) =>
        told is { Length: > 0 and <= Longest }
        && Uri.TryCreate(told.TrimEnd('/') + "/", UriKind.Absolute, out var url)
        && url.Scheme == Uri.UriSchemeHttps
        && url.UserInfo.Length == 0
        && url.Query.Length == 0
        && url.Fragment.Length == 0
            ? url
            : null;
}
