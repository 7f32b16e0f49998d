using Dapper;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Terminals;

/// <summary>Finds a terminal for somebody; what is outside the subtree does not exist.</summary>
internal sealed class TerminalAccess(Database database, States states)
{
    public TerminalState? Find(string id, Person person) =>
        database.Read(c =>
            c.ExecuteScalar<string>("SELECT place FROM terminals WHERE id = @id", new { id })
        )
            is { } place
        && person.Sees(place)
            ? states.Find(TerminalStreams.Kind, id)
            : null;

    /// <summary>The same inside a command.</summary>
    public static TerminalState? Find(Work work, string id, Person person) =>
        work.Views.Scalar("SELECT place FROM terminals WHERE id = $1", id) is string place
        && person.Sees(place)
            ? work.Load(TerminalStreams.Kind, id)
            : null;
}
