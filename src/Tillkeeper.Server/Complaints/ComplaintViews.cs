using Dapper;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Complaints;

/// <param name="Kept">True or false once that is certain.</param>
internal sealed record PromiseView(
    string Level,
    DateTimeOffset Since,
    DateTimeOffset? Due,
    DateTimeOffset? AnsweredAt,
    bool? Kept
);

/// <summary>A complaint as the API shows it.</summary>
/// <param name="Text">What was written; null once erased.</param>
/// <param name="MayReview">True when this very person may answer it.</param>
internal sealed record ComplaintView(
    string Id,
    string Kind,
    string State,
    string Level,
    DateTimeOffset OpenedAt,
    DateTimeOffset? Due,
    string? TerminalId,
    string? LockId,
    string? CaseId,
    string? Cause,
    string? Text,
    string? Outcome,
    string? Reason,
    string? Release,
    IReadOnlyList<PromiseView> Promises,
    bool MayReview
);

/// <summary>Finds complaints for somebody; what is outside the subtree does not exist.</summary>
internal sealed class ComplaintViews(
    Database database,
    States states,
    PersonalData personal,
    TimeProvider time
)
{
    private const string Page = """
        SELECT id FROM complaints WHERE place >= @From AND place < @To AND id > @After
        AND (@state IS NULL OR status = @state) ORDER BY id LIMIT @Most
        """;

    /// <summary>What is due first comes first; what has no time comes last.</summary>
    private const string ByDue = """
        SELECT id FROM complaints WHERE place >= @From AND place < @To AND (@state IS NULL OR status = @state)
        AND (@After = '' OR (coalesce(due, 9223372036854775807), id) >
          (SELECT coalesce(due, 9223372036854775807), id FROM complaints WHERE id = @After))
        ORDER BY coalesce(due, 9223372036854775807), id LIMIT @Most
        """;

    public Page<ComplaintView> List(Person person, Paging page, string? state, bool byDue)
    {
        DynamicParameters parameters = new(Subtree.Of(person, page));
        parameters.Add("state", state);
        var ids = database.Read(c => c.Query<string>(byDue ? ByDue : Page, parameters).AsList());
        return page.Cut([.. ids.Select(id => Find(id, person)).OfType<ComplaintView>()], c => c.Id);
    }

    public ComplaintView? Find(string id, Person person) =>
        StateOf(id, person) is { } state ? View(id, state, person) : null;

    public ComplaintState? StateOf(string id, Person person) =>
        database.Read(c =>
            c.ExecuteScalar<string>("SELECT place FROM complaints WHERE id = @id", new { id })
        )
            is { } place
        && person.Sees(place)
            ? states.Find(ComplaintStreams.Kind, id)
            : null;

    /// <summary>The same inside a command.</summary>
    public static ComplaintState? Find(Work work, string id, Person person) =>
        work.Views.Scalar("SELECT place FROM complaints WHERE id = $1", id) is string place
        && person.Sees(place)
            ? work.Load(ComplaintStreams.Kind, id)
            : null;

    public static IReadOnlyList<PromiseView> Promises(ComplaintState state, DateTimeOffset now) =>
        [
            .. state.Promises.Select(p => new PromiseView(
                Words.Of(p.Level),
                p.Since,
                p.Due,
                p.MetAt,
                p.Kept(now)
            )),
        ];

    private ComplaintView View(string id, ComplaintState state, Person person)
    {
        var opened = state.Opened!;
        return new ComplaintView(
            id,
            Words.Of(opened.Kind),
            state.Status,
            Words.Of(state.Level),
            opened.At,
            state.Due,
            opened.Terminal,
            opened.LockId,
            opened.CaseId,
            opened.Cause is { } cause ? Words.Of(cause) : null,
            database.Read(c => ComplaintText.Find(c, personal, opened.Text.PersonalDataId)),
            state.Review is { } review ? Words.Of(review.Outcome) : null,
            state.Review?.Reason,
            state.Review?.Release,
            Promises(state, time.GetUtcNow()),
            Rights.May(person.Role, Right.ReleaseLocks)
                && ComplaintDecisions.MayReview(state, person.Id) is null
        );
    }
}
