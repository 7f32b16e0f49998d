using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Tillkeeper.Server.Storage.Sqlite;

/// <summary>
/// A statement that writes, prepared once and run through SQLite's own interface: a command and a reader each time would cost the
/// appender more than SQLite takes for the row.
/// </summary>
internal sealed class RawStatement : IDisposable
{
    private const int ShortText = 256;
    private readonly sqlite3 connection;
    private readonly sqlite3_stmt statement;

    /// <summary>SQLite numbers named parameters as it meets them: $4 may well stand before $3.</summary>
    private readonly List<int> places = [];

    public RawStatement(sqlite3 connection, string sql)
    {
        this.connection = connection;
        Check(
            raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement)
        );
    }

    /// <summary>Runs it to its end with parameters <c>$1</c>, <c>$2</c> ...; null is NULL.</summary>
    public void Run(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (places.Count == i)
            {
                places.Add(raw.sqlite3_bind_parameter_index(statement, $"${i + 1}"));
            }
            Check(Bind(places[i], values[i]));
        }
        var code = raw.sqlite3_step(statement);
        // It says again what the step said, and makes room for the next.
        _ = raw.sqlite3_reset(statement);
        // What a call leaves out is NULL, never what an earlier call gave.
        _ = raw.sqlite3_clear_bindings(statement);
        if (code != raw.SQLITE_DONE)
        {
            Check(code);
        }
    }

    public void Dispose() => statement.Dispose();

    private int Bind(int at, object? value) =>
        value switch
        {
            null => raw.sqlite3_bind_null(statement, at),
            long number => raw.sqlite3_bind_int64(statement, at, number),
            int number => raw.sqlite3_bind_int(statement, at, number),
            string text => BindText(at, text),
            byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, at, 0),
            byte[] bytes => raw.sqlite3_bind_blob(statement, at, bytes),
            _ => throw new ArgumentException(
                $"No column holds a {value.GetType().Name}.",
                nameof(value)
            ),
        };

    private int BindText(int at, string text)
    {
        Span<byte> utf8 = stackalloc byte[ShortText];
        return Encoding.UTF8.TryGetBytes(text, utf8, out var written)
            ? raw.sqlite3_bind_text(statement, at, utf8[..written])
            : raw.sqlite3_bind_text(statement, at, text);
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, connection);
}
