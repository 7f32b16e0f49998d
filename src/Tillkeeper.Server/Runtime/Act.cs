namespace Tillkeeper.Server.Runtime;

/// <summary>Who acts, and from where: what every row of the log carries (PCI DSS 4.0 10.2.2).</summary>
/// <param name="Actor">E.g. <c>person/K7...</c>, <c>terminal/7Q...</c> or <c>server</c>.</param>
/// <param name="Source">The address the request came from; empty for the server itself.</param>
internal readonly record struct Act(string Actor, string Source)
{
    public static Act Server { get; } = new("server", "");
}
