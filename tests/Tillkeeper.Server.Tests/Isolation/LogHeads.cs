using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Isolation;

internal static class LogHeads
{
    /// <summary>The heads of the log as text: the same before and after means that nothing at all was recorded.</summary>
    public static string Of(RunningServer server) =>
        server
            .Services.GetRequiredService<Database>()
            .Read(c =>
                string.Join(
                    '\n',
                    c.Query<string>(
                        "SELECT shard || ' ' || last_seq || ' ' || hex(head_hash) FROM shards ORDER BY shard"
                    )
                )
            );
}
