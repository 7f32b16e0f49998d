using Dapper;
using Microsoft.Data.Sqlite;
using Tillkeeper.Server.Campaigns;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Crisis;
using Tillkeeper.Server.Environments;
using Tillkeeper.Server.Locks.Batches;
using Tillkeeper.Server.Merchants;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Watch;
using Tillkeeper.Server.Watch.Webhooks;

namespace Tillkeeper.Server.Tests.Runtime;

/// <summary>Makes the views and the folds anew from nothing but the events, in an empty database.</summary>
internal sealed class Replay(SqliteConnection log, Database into) : IDisposable
{
    private readonly Statements statements = new(into.Writer);
    private readonly Dictionary<string, object> states = new(StringComparer.Ordinal);

    private sealed record Row(long Place, string Stream, string Type, long At, byte[] Data);

    /// <summary>The tree first: a terminal's row takes its place from its merchant's, which may lie in another shard.</summary>
    public void Run()
    {
        Views views = new(statements);
        var rows = log.Query<Row>(
                "SELECT place, stream, type, at, data FROM events ORDER BY at, place"
            )
            .AsList();
        using var transaction = into.Writer.BeginTransaction();
        statements.Transaction = transaction;
        foreach (var row in rows.Where(IsTree).Concat(rows.Where(r => !IsTree(r))))
        {
            Apply(views, row);
        }
        transaction.Commit();
    }

    private static bool IsTree(Row row) =>
        row.Stream.StartsWith("org/", StringComparison.Ordinal)
        || row.Stream.StartsWith("merchant/", StringComparison.Ordinal);

    /// <summary>The fold of a stream as bytes, as it would be stored.</summary>
    public byte[] StateOf(string stream) =>
        stream.Split('/')[0] switch
        {
            "org" => OrgStreams.Kind.WriteState(states[stream]),
            "merchant" => MerchantStreams.Kind.WriteState(states[stream]),
            "key" => Keys.Kind.WriteState(states[stream]),
            "terminal" => TerminalStreams.Kind.WriteState(states[stream]),
            "case" => CaseStreams.Kind.WriteState(states[stream]),
            "artifact" => ArtifactStreams.Kind.WriteState(states[stream]),
            "campaign" => CampaignStreams.Kind.WriteState(states[stream]),
            "alert" => AlertStreams.Kind.WriteState(states[stream]),
            "whereabouts" => WhereaboutsStreams.Kind.WriteState(states[stream]),
            "lock_batch" => LockBatchStreams.Kind.WriteState(states[stream]),
            "lock_quota" => LockQuota.Kind.WriteState(states[stream]),
            "webhook" => WebhookStreams.Kind.WriteState(states[stream]),
            "presence" => PresenceStreams.Kind.WriteState(states[stream]),
            "crisis" => CrisisStreams.Kind.WriteState(states[stream]),
            "policy" => PolicyStreams.Kind.WriteState(states[stream]),
            var other => throw new InvalidOperationException(
                $"No kind of stream is called {other}."
            ),
        };

    private void Apply(Views views, Row row)
    {
        var (kind, id) = (row.Stream.Split('/')[0], row.Stream.Split('/')[1]);
        switch (kind)
        {
            case "org":
                Apply(views, OrgStreams.Kind, id, row);
                break;
            case "merchant":
                Apply(views, MerchantStreams.Kind, id, row);
                break;
            case "key":
                Apply(views, Keys.Kind, id, row);
                break;
            case "terminal":
                Apply(views, TerminalStreams.Kind, id, row);
                break;
            case "case":
                Apply(views, CaseStreams.Kind, id, row);
                break;
            case "artifact":
                Apply(views, ArtifactStreams.Kind, id, row);
                break;
            case "campaign":
                Apply(views, CampaignStreams.Kind, id, row);
                break;
            case "policy":
                Apply(views, PolicyStreams.Kind, id, row);
                break;
            case "whereabouts":
                Apply(views, WhereaboutsStreams.Kind, id, row);
                break;
            case "alert":
                Apply(views, AlertStreams.Kind, id, row);
                break;
            case "lock_batch":
                Apply(views, LockBatchStreams.Kind, id, row);
                break;
            case "lock_quota":
                Apply(views, LockQuota.Kind, id, row);
                break;
            case "webhook":
                Apply(views, WebhookStreams.Kind, id, row);
                break;
            case "presence":
                Apply(views, PresenceStreams.Kind, id, row);
                break;
            case "crisis":
                Apply(views, CrisisStreams.Kind, id, row);
                break;
            default:
                throw new InvalidOperationException($"No kind of stream is called {kind}.");
        }
    }

    private void Apply<TState, TEvent>(
        Views views,
        StreamKind<TState, TEvent> kind,
        string id,
        Row row
    )
        where TState : class
        where TEvent : class
    {
        var before = (TState)states.GetValueOrDefault(row.Stream, kind.Empty);
        var happened = (TEvent)kind.Catalogue.Read(row.Type, row.Data);
        var after = kind.Apply(before, happened);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(row.At);
        kind.Project(views, new Projection<TState, TEvent>(id, before, after, happened, at));
        states[row.Stream] = after;
    }

    public void Dispose() => statements.Dispose();
}
