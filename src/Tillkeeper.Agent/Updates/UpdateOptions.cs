namespace Tillkeeper.Agent.Updates;

/// <summary>How updates are carried out at this terminal; see <c>docs/concepts/updates.md</c>.</summary>
/// <param name="Software">The folder with <c>slots/</c> and the link <c>current</c>.</param>
/// <param name="Installer">Fills an empty slot from an artifact: <c>INSTALLER ARTIFACT SLOT</c>; exit code 0 means that it is whole.</param>
/// <param name="HealthCheck">Says whether what <c>current</c> points to works: <c>HEALTH-CHECK SLOT</c>; exit code 0 means yes.</param>
internal sealed record UpdateOptions(string Software, string Installer, string HealthCheck);
