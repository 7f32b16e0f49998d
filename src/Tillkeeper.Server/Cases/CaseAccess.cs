using Dapper;
using Microsoft.Data.Sqlite;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Cases;

/// <summary>Cases and terminals as a person may see them: what lies outside their subtree is null.</summary>
internal static class CaseAccess
{
    private const string CasePlace = "SELECT place FROM cases WHERE id = $1";
    private const string TerminalPlace = "SELECT place FROM terminals WHERE id = $1";

    /// <summary>The case as it stands while deciding.</summary>
    public static CaseState? Case(Work work, string id, Person person) =>
        Sees(person, work.Views.Scalar(CasePlace, id)) ? work.Load(CaseStreams.Kind, id) : null;

    /// <summary>The terminal as it stands while deciding.</summary>
    public static TerminalState? Terminal(Work work, string id, Person person) =>
        Sees(person, work.Views.Scalar(TerminalPlace, id))
            ? work.Load(TerminalStreams.Kind, id)
            : null;

    /// <summary>The case as everybody may know it: durable.</summary>
    public static CaseState? Case(SqliteConnection reader, string id, Person person) =>
        Sees(person, reader.ExecuteScalar(CasePlace, Parameters(id)))
            ? State(reader, CaseStreams.Kind, id)
            : null;

    /// <summary>The terminal of a case that the person sees; where the case is, is what counts for looking at it.</summary>
    public static TerminalState Terminal(SqliteConnection reader, CaseState state) =>
        State(reader, TerminalStreams.Kind, state.Terminal);

    private static bool Sees(Person person, object? place) =>
        place is string known && person.Sees(known);

    private static TState State<TState, TEvent>(
        SqliteConnection reader,
        StreamKind<TState, TEvent> kind,
        string id
    )
        where TState : class
        where TEvent : class =>
        reader.ExecuteScalar<byte[]>(
            "SELECT state FROM streams WHERE stream = $1",
            Parameters(kind.NameOf(id))
        )
            is { } state
            ? (TState)kind.ReadState(state)
            : kind.Empty;

    private static DynamicParameters Parameters(string first)
    {
        DynamicParameters parameters = new();
        parameters.Add("$1", first);
        return parameters;
    }
}
