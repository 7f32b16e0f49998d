using Dapper;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Investigations;

/// <summary>An investigation as the API shows it.</summary>
/// <param name="Cause">The true cause where it was corrected; null when it was confirmed, or nothing is found yet.</param>
/// <param name="CauseConfirmed">Null as long as nothing is found.</param>
internal sealed record InvestigationView(
    string Id,
    string State,
    DateTimeOffset OpenedAt,
    string Summary,
    string? BatchId,
    IReadOnlyList<LockRef> Locks,
    bool? CauseConfirmed,
    string? Cause,
    IReadOnlyList<string> Factors,
    IReadOnlyList<ActionItem> Actions,
    IReadOnlyList<LinkedPolicy> Policies,
    string? Conclusion,
    bool? FalseLock,
    DateTimeOffset? ClosedAt
);

/// <summary>A revision of a policy that came of it.</summary>
internal sealed record LinkedPolicy(string Target, long Revision);

/// <summary>Finds investigations for somebody; what is outside the subtree does not exist.</summary>
internal sealed class InvestigationViews(Database database, States states)
{
    private const string Page = """
        SELECT id FROM investigations WHERE place >= @From AND place < @To AND id > @After
        AND (@state IS NULL OR status = @state) ORDER BY id LIMIT @Most
        """;

    public Page<InvestigationView> List(Person person, Paging page, string? state)
    {
        DynamicParameters parameters = new(Subtree.Of(person, page));
        parameters.Add("state", state);
        var ids = database.Read(c => c.Query<string>(Page, parameters).AsList());
        return page.Cut(
            [.. ids.Select(id => Find(id, person)).OfType<InvestigationView>()],
            i => i.Id
        );
    }

    public InvestigationView? Find(string id, Person person) =>
        states.Find(InvestigationStreams.Kind, id) is { Opened: { } opened } state
        && person.Sees(opened.Place)
            ? View(id, opened, state)
            : null;

    private static InvestigationView View(
        string id,
        InvestigationOpened opened,
        InvestigationState state
    ) =>
        new(
            id,
            state.Status,
            opened.At,
            opened.Summary,
            opened.Batch,
            opened.Locks,
            state.Found is { } found ? found.Corrected is null : null,
            state.Found?.Corrected is { } cause ? Words.Of(cause) : null,
            state.Found?.Factors ?? [],
            state.Actions,
            [.. state.Policies.Select(p => new LinkedPolicy(p.Target, p.Revision))],
            state.Closed?.Conclusion,
            state.Closed?.FalseLock,
            state.Closed?.At
        );
}
