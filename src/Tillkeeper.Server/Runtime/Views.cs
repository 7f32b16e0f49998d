using Microsoft.Data.Sqlite;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Runtime;

/// <summary>The tables derived from the log, and what is kept beside it, as a projection or a handler may touch them.</summary>
internal sealed class Views(Statements statements)
{
    /// <returns>How many rows it changed.</returns>
    public int Write(string sql, params ReadOnlySpan<object?> values) =>
        statements.Execute(sql, values);

    public object? Scalar(string sql, params ReadOnlySpan<object?> values) =>
        statements.Scalar(sql, values);

    public List<T> Query<T>(
        string sql,
        Func<SqliteDataReader, T> read,
        params ReadOnlySpan<object?> values
    ) => statements.Query(sql, read, values);
}
