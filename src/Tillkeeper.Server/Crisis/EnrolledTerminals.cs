using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Crisis;

/// <summary>The view <c>enrolled</c>: terminals that can be locked at all, which is what a share of the fleet is a share of.</summary>
internal static class EnrolledTerminals
{
    public static void Project(Views views, string terminal, ITerminalEvent happened)
    {
        switch (happened)
        {
            case TerminalEnrolled:
                views.Write("INSERT INTO enrolled VALUES ($1) ON CONFLICT DO NOTHING", terminal);
                break;
            case TerminalRevoked:
                views.Write("DELETE FROM enrolled WHERE terminal = $1", terminal);
                break;
        }
    }
}
