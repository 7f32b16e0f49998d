namespace Tillkeeper.Server.Tests.Running;

/// <summary>Bodies of requests that many tests send.</summary>
internal static class Bodies
{
    /// <summary>A company with a genuine credit code.</summary>
    public static object Merchant(string name, string? org = null) =>
        new
        {
            name,
            org,
            identity = new { kind = "credit_code", number = "9144030071526726XG" },
            contact = new { name = "Wang Fang", phone = "010-66551234" },
        };

    /// <summary>What somebody says who vouches for the repair of a tampered terminal, now.</summary>
    public static object Repair =>
        new
        {
            inspection = "Opened at the depot; the mesh was replaced.",
            keysLoadedAt = DateTimeOffset.UtcNow,
            reason = "It fell off the counter.",
        };
}
