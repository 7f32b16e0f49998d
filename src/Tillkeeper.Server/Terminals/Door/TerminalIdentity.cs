using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Terminals.Door;

/// <summary>The terminal behind a request, proven by its client certificate and checked against the log at each request.</summary>
internal sealed record TerminalIdentity(
    string Id,
    int Epoch,
    TerminalCertificate Certificate,
    string Source
)
{
    private const string Item = "tillkeeper.terminal";

    public Act Act => new($"terminal/{Id}", Source);

    public static ValueTask<TerminalIdentity> BindAsync(HttpContext context) =>
        ValueTask.FromResult(
            (TerminalIdentity?)context.Items[Item]
                ?? throw new InvalidOperationException(
                    "This endpoint has no authenticated terminal."
                )
        );

    public static void Put(HttpContext context, TerminalIdentity terminal) =>
        context.Items[Item] = terminal;
}
