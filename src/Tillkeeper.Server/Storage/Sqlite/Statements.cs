using Microsoft.Data.Sqlite;

namespace Tillkeeper.Server.Storage.Sqlite;

/// <summary>Prepared statements of the writer connection, made once each; parameters are positional.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RawStatement> writes = new(StringComparer.Ordinal);

    /// <summary>The transaction that every statement takes part in.</summary>
    public SqliteTransaction? Transaction { get; set; }

    /// <summary>Runs a statement with parameters <c>$1</c>, <c>$2</c> ...; null is NULL.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        if (!writes.TryGetValue(sql, out var write))
        {
            write = new RawStatement(connection.Handle!, sql);
            writes.Add(sql, write);
        }
        write.Run(values);
        return SQLitePCL.raw.sqlite3_changes(connection.Handle!);
    }

    /// <summary>The first column of the first row, or null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values) =>
        Prepare(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>Every row, read while the reader stands on it.</summary>
    public List<T> Query<T>(
        string sql,
        Func<SqliteDataReader, T> read,
        params ReadOnlySpan<object?> values
    )
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(read(reader));
        }
        return rows;
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }
        foreach (var write in writes.Values)
        {
            write.Dispose();
        }
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            }
            prepared.Add(sql, command);
        }
        command.Transaction = Transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
        return command;
    }
}
