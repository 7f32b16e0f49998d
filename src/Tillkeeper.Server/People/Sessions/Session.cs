namespace Tillkeeper.Server.People.Sessions;

/// <summary>Somebody is in with a browser.</summary>
/// <param name="Id">SHA-256 of what the cookie holds.</param>
/// <param name="Device">What kind of device, as its browser says.</param>
/// <param name="AuthenticatedAt">When they last showed who they are.</param>
internal sealed record Session(
    byte[] Id,
    string Account,
    string Device,
    string Address,
    DateTimeOffset Since,
    DateTimeOffset Seen,
    DateTimeOffset AuthenticatedAt
)
{
    /// <summary>PCI DSS 4.0 8.2.8.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>For what releases something, one has shown who one is within this time.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>How it is named where it can be ended.</summary>
    public string Name => Convert.ToHexStringLower(Id.AsSpan(0, 8));

    public bool IsOver(DateTimeOffset now) => now >= Seen + Idle || now >= Since + Longest;

    public bool IsFresh(DateTimeOffset now) => now < AuthenticatedAt + Fresh;
}
