using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Runtime;

/// <summary>Reads folds outside the appender: everything acknowledged before the call, nothing that is still being decided.</summary>
internal sealed class States(Database database)
{
    public TState? Find<TState, TEvent>(StreamKind<TState, TEvent> kind, string id)
        where TState : class
        where TEvent : class =>
        database.Read(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT state FROM streams WHERE stream = $1";
            command.Parameters.AddWithValue("$1", kind.NameOf(id));
            return command.ExecuteScalar() is byte[] state ? (TState)kind.ReadState(state) : null;
        });
}
