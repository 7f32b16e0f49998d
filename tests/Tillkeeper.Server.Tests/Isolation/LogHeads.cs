using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Isolation;

internal static class LogHeads
{
    /// <summary>
    /// The log as far as anybody's acts are concerned: the same before and after means that nothing at all was recorded. Who came and
    /// went the server writes by itself, whenever it notices.
    /// </summary>
    public static string Of(RunningServer server) =>
        server
            .Services.GetRequiredService<Database>()
            .Read(c =>
                string.Join(
                    '\n',
                    c.Query<string>(
                        "SELECT (place >> 48) || ' ' || count(*) || ' ' || max(place) FROM events WHERE stream <> 'presence/fleet' GROUP BY place >> 48 ORDER BY 1"
                    )
                )
            );
}
