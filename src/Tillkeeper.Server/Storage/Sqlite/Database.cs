using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Tillkeeper.Server.Storage.Sqlite;

/// <summary>
/// The embedded database. One connection writes and checkpoints (SQLite before 3.51.3 can corrupt a WAL that several do); any number
/// read. <c>synchronous=FULL</c>: a commit that returned is on the disk.
/// </summary>
internal sealed class Database : IDisposable
{
    private const int SchemaVersion = 1;
    private readonly string path;
    private readonly ConcurrentBag<SqliteConnection> readers = [];
    private bool disposed;

    public Database(string path)
    {
        this.path = path;
        Writer = Open(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=4000;"
        );
        foreach (var schema in Sql.All())
        {
            Execute(Writer, schema);
        }
        CheckVersion();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>The only connection that writes; used by the appender's thread alone once the server runs.</summary>
    public SqliteConnection Writer { get; }

    /// <summary>Reads in one snapshot; sees everything that was acknowledged before the call.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        var reader = readers.TryTake(out var idle)
            ? idle
            : Open("PRAGMA query_only=1; PRAGMA wal_autocheckpoint=0;");
        try
        {
            return read(reader);
        }
        finally
        {
            readers.Add(reader);
        }
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }
        disposed = true;
        foreach (var reader in readers)
        {
            reader.Dispose();
        }
        Writer.Dispose();
    }

    internal static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open(string pragmas)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Pooling = false,
                DefaultTimeout = 30,
            }.ToString()
        );
        connection.Open();
        Execute(
            connection,
            "PRAGMA busy_timeout=10000; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
                + pragmas
        );
        return connection;
    }

    private void CheckVersion()
    {
        using var command = Writer.CreateCommand();
        command.CommandText =
            "INSERT INTO meta VALUES ('schema', $v) ON CONFLICT DO NOTHING; SELECT value FROM meta WHERE key = 'schema'";
        command.Parameters.AddWithValue("$v", SchemaVersion.ToString(CultureInfo.InvariantCulture));
        var found = Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (found != SchemaVersion)
        {
            throw new InvalidOperationException(
                $"The database at {path} has schema {found}, this program knows {SchemaVersion}; start the version that wrote it."
            );
        }
    }
}
