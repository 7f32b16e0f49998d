using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Terminals;

/// <summary>The view <c>revoked_terminals</c>: whose certificate is refused, until they enrol again.</summary>
internal static class RevokedTerminals
{
    public static void Project(Views views, string terminal, ITerminalEvent happened)
    {
        switch (happened)
        {
            case TerminalRevoked:
                views.Write(
                    "INSERT INTO revoked_terminals VALUES ($1) ON CONFLICT DO NOTHING",
                    terminal
                );
                break;
            case TerminalEnrolled:
                views.Write("DELETE FROM revoked_terminals WHERE terminal = $1", terminal);
                break;
        }
    }
}
