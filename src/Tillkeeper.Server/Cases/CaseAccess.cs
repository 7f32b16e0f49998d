using Dapper;
using Tillkeeper.Core.Cases;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Cases;

/// <summary>Finds a case for somebody; what is outside the subtree does not exist.</summary>
internal sealed class CaseAccess(Database database, States states)
{
    public CaseState? Find(string id, Person person) =>
        database.Read(c =>
            c.ExecuteScalar<string>("SELECT place FROM cases WHERE id = @id", new { id })
        )
            is { } place
        && person.Sees(place)
            ? states.Find(CaseStreams.Kind, id)
            : null;

    /// <summary>The same inside a command.</summary>
    public static CaseState? Find(Work work, string id, Person person) =>
        work.Views.Scalar("SELECT place FROM cases WHERE id = $1", id) is string place
        && person.Sees(place)
            ? work.Load(CaseStreams.Kind, id)
            : null;
}
