using Dapper;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Storage.Sqlite;

/// <summary>Sealed secrets in the database. Written through the appender, like everything else.</summary>
internal sealed class SealedTable(Database database, Appender appender) : ISealedStore
{
    public byte[]? Find(string name) =>
        database.Read(c =>
            c.ExecuteScalar<byte[]>("SELECT bytes FROM sealed WHERE name = @name", new { name })
        );

    /// <summary>Only at start and at a rotation, so that waiting here holds nobody up.</summary>
    public void Add(string name, byte[] sealedBytes) =>
        appender
            .Run(
                Act.Server,
                work =>
                {
                    if (work.Views.Scalar("SELECT 1 FROM sealed WHERE name = $1", name) is not null)
                    {
                        throw new InvalidOperationException(
                            $"A secret named {name} is there already."
                        );
                    }
                    work.Beside(v =>
                        v.Write("INSERT INTO sealed VALUES ($1, $2)", name, sealedBytes)
                    );
                    return true;
                }
            )
            .GetAwaiter()
            .GetResult();

    public IReadOnlyList<string> Names(string prefix) =>
        database.Read(c =>
            c.Query<string>(
                    "SELECT name FROM sealed WHERE name >= @from AND name < @to",
                    new { from = prefix, to = prefix + "\uFFFF" }
                )
                .AsList()
        );
}
