namespace Tillkeeper.Agent.Device;

/// <summary>The last of this terminal's events that the server holds durably.</summary>
internal sealed record Acknowledged(long Seq, string Hash);
