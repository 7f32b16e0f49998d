using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Steps;
using Tillkeeper.Server.Locks;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Console.Cases;

/// <summary>Somebody calls: which lock it is about, and how it is to end.</summary>
/// <param name="Terminal">Null while nobody has said which; then a challenge says it.</param>
/// <param name="Chosen">The lock it is about; null while several could be meant.</param>
internal sealed record NewCase(TerminalView? Terminal, LockView? Chosen, Sent? Sent)
{
    public const string Step = "open";

    /// <summary>The ways out that a person decides about come first: the others need no case.</summary>
    public IReadOnlyList<WayOut> Ways =>
        Chosen is { } chosen
            ? [.. chosen.WaysOut.OrderByDescending(IsDecided)]
            : [WayOut.PasswordReset, WayOut.OfflineCode];

    private static bool IsDecided(WayOut way) =>
        way
            is WayOut.PasswordReset
                or WayOut.OfflineCode
                or WayOut.ProviderRelease
                or WayOut.MoveApproved
                or WayOut.Repair
                or WayOut.Replacement;

    public static async Task<NewCase> Read(
        ApiClient api,
        string terminal,
        string lockId,
        Sent? sent = null
    )
    {
        var shown = terminal.Length > 0 ? await Find(api, terminal) : null;
        var locks = shown?.Locks ?? [];
        return new NewCase(
            shown,
            locks.FirstOrDefault(l => l.Id == lockId) ?? (locks.Count == 1 ? locks[0] : null),
            sent
        );
    }

    public static object Body(IFormCollection form) =>
        new
        {
            terminalId = form.Said("terminalId"),
            lockId = form.Said("lockId"),
            challenge = form.Said("challenge"),
            wayOut = form.Said("wayOut"),
            applicant = new
            {
                name = form.Said("applicantName"),
                phone = form.Said("applicantPhone"),
            },
            note = form.Said("note"),
        };

    /// <summary>By its id, or by the serial on its label, which is what a caller can read out.</summary>
    private static async Task<TerminalView?> Find(ApiClient api, string named)
    {
        var id = Uri.EscapeDataString(named.Trim());
        var byId = await api.Get<TerminalView>($"/api/v1/terminals/{id}");
        if (byId.Value is not null)
        {
            return byId.Value;
        }
        var bySerial = await api.Get($"/api/v1/terminals/by-serial/{id}");
        return bySerial.Good
            ? (
                await api.Get<TerminalView>(
                    $"/api/v1/terminals/{bySerial.Value.GetProperty("id").GetString()}"
                )
            ).Value
            : null;
    }
}
