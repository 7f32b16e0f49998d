using Dapper;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Policies;

/// <summary>Policies as people read them.</summary>
internal sealed class PolicyViews(Database database)
{
    private const int MostHistory = 100;

    /// <param name="Name">What people call the target; null for one that is gone.</param>
    internal sealed record PolicyRow(string Target, long Revision, string? Name);

    /// <param name="Document">Null where it was taken away.</param>
    internal sealed record HistoryRow(
        long Revision,
        DateTimeOffset At,
        string? Person,
        string? Reason,
        string? Document
    );

    /// <summary>How far a change has come.</summary>
    /// <param name="Terminals">Terminals it concerns, whether or not something changes for them.</param>
    internal sealed record RolloutRow(
        long Revision,
        DateTimeOffset BegunAt,
        DateTimeOffset? DoneAt,
        int Terminals,
        int Checked,
        int Ordered,
        int Skipped
    );

    /// <summary>Of the terminals concerned: how many have taken the policy ordered last.</summary>
    internal sealed record TakenRow(int Confirmed, int Pending, int Refused);

    internal sealed record PolicyView(
        string Target,
        long? Revision,
        string? Document,
        RolloutRow? Rollout,
        TakenRow Terminals,
        IReadOnlyList<HistoryRow> History,
        PolicyProposals.Row? Proposal = null
    );

    public T Read<T>(Func<Views, T> read) =>
        database.Read(c =>
        {
            using Statements statements = new(c);
            return read(new Views(statements));
        });

    public Page<PolicyRow> List(Person person, Paging page)
    {
        var range = Subtree.Of(person, page);
        var rows = database.Read(c =>
            c.Query<(string Target, long Revision, string? Name)>(
                    $"SELECT target, revision, name FROM (SELECT p.target, p.revision, {PolicyTarget.NameSql} AS name, {PolicyTarget.PlaceSql} AS place FROM policies p WHERE p.target > @After) WHERE place >= @From AND place < @To ORDER BY target LIMIT @Most",
                    range
                )
                .Select(r => new PolicyRow(r.Target, r.Revision, r.Name))
                .ToList()
        );
        return page.Cut(rows, r => r.Target);
    }

    /// <summary>Null when nothing was ever set there.</summary>
    public PolicyView? Find(PolicyTarget target, Person person) =>
        Read(views =>
        {
            var name = target.ToString();
            var history = HistoryOf(views, name, person.SeesInside);
            var proposal = PolicyProposals.Find(views, name);
            if (history is [] && (proposal is null || !person.SeesInside))
            {
                return null;
            }
            var last = history.FirstOrDefault();
            var stands = last?.Document is not null;
            return new PolicyView(
                name,
                stands ? last!.Revision : null,
                last?.Document,
                RolloutOf(views, target),
                Taken(views, target),
                history,
                // What is not in force yet is between those who write the rules.
                person.SeesInside
                    ? proposal
                    : null
            );
        });

    private static List<HistoryRow> HistoryOf(Views views, string target, bool inside) =>
        views.Query(
            $"SELECT revision, at, person, reason, document FROM policy_history WHERE target = $1 ORDER BY revision DESC LIMIT {MostHistory}",
            r => new HistoryRow(
                r.GetInt64(0),
                Time(r.GetInt64(1)),
                inside ? r.GetString(2) : null,
                inside ? r.GetString(3) : null,
                r.IsDBNull(4) ? null : r.GetString(4)
            ),
            target
        );

    private static RolloutRow? RolloutOf(Views views, PolicyTarget target)
    {
        var (concerned, first, second) = target.Concerned(views);
        var terminals = Count(
            views.Scalar($"SELECT COUNT(*) FROM terminals t WHERE {concerned}", first, second)
        );
        return views
            .Query(
                "SELECT revision, begun_at, done_at, checked, ordered, skipped FROM policy_rollouts WHERE target = $1 ORDER BY revision DESC LIMIT 1",
                r => new RolloutRow(
                    r.GetInt64(0),
                    Time(r.GetInt64(1)),
                    r.IsDBNull(2) ? null : Time(r.GetInt64(2)),
                    terminals,
                    r.GetInt32(3),
                    r.GetInt32(4),
                    r.GetInt32(5)
                ),
                target.ToString()
            )
            .FirstOrDefault();
    }

    private static TakenRow Taken(Views views, PolicyTarget target)
    {
        var (concerned, first, second) = target.Concerned(views);
        var counts = views
            .Query(
                $"SELECT o.status, COUNT(*) FROM terminal_policies o JOIN terminals t ON t.id = o.terminal WHERE {concerned} GROUP BY 1",
                r => (Status: r.GetString(0), Count: r.GetInt32(1)),
                first,
                second
            )
            .ToDictionary(r => r.Status, r => r.Count, StringComparer.Ordinal);
        return new TakenRow(
            counts.GetValueOrDefault("confirmed"),
            counts.GetValueOrDefault("pending"),
            counts.GetValueOrDefault("refused")
        );
    }

    private static int Count(object? value) => (int)(long)(value ?? 0L);

    internal static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
