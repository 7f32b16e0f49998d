using System.Net;

namespace Tillkeeper.Agent.LocalApi;

/// <summary>
/// The local API is for programs of this machine and for its own screen. A page from elsewhere, open in a browser of the same
/// machine, reaches the same port: it is known by its Origin, or, after DNS rebinding, by its Host.
/// </summary>
internal static class LoopbackGuard
{
    public static bool Allows(HttpRequest request)
    {
        if (!IsOurs(request.Host))
        {
            return false;
        }
        var origin = request.Headers.Origin;
        if (origin.Count > 0 && origin != $"{request.Scheme}://{request.Host.Value}")
        {
            return false;
        }
        // Browsers say where a request comes from even when they send no Origin.
        return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
    }

    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (Allows(context.Request))
        {
            await next(context);
            return;
        }
        await Problems
            .Of(
                StatusCodes.Status403Forbidden,
                "foreign_origin",
                "The local API answers only to this machine under 127.0.0.1 or localhost."
            )
            .ExecuteAsync(context);
    }

    private static bool IsOurs(HostString host) =>
        host.HasValue
        && (
            host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Host, out var ip) && IsExactly(ip, host.Host))
        );

    /// <summary>127.0.0.1 or ::1, spelt so: no other spelling of a loopback address is one of ours.</summary>
    private static bool IsExactly(IPAddress ip, string text) =>
        (ip.Equals(IPAddress.Loopback) && text == "127.0.0.1")
        || (ip.Equals(IPAddress.IPv6Loopback) && text is "::1" or "[::1]");
}
