using Dapper;
using Microsoft.Data.Sqlite;
using Tillkeeper.Server.Announcements;
using Tillkeeper.Server.Arrears;
using Tillkeeper.Server.Banks;
using Tillkeeper.Server.Bindings;
using Tillkeeper.Server.Campaigns;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Complaints;
using Tillkeeper.Server.Crisis;
using Tillkeeper.Server.Environments;
using Tillkeeper.Server.Environments.Networks;
using Tillkeeper.Server.Investigations;
using Tillkeeper.Server.Locks.Batches;
using Tillkeeper.Server.Merchants;
using Tillkeeper.Server.Notifications;
using Tillkeeper.Server.Notifications.Channels;
using Tillkeeper.Server.Notifications.Parties;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.OwnerCodes;
using Tillkeeper.Server.Passkeys;
using Tillkeeper.Server.People;
using Tillkeeper.Server.People.Accounts;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Repairs;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Settlements;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Versions;
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
            Take(views, row);
        }
        transaction.Commit();
    }

    private static bool IsTree(Row row) =>
        row.Stream.StartsWith("org/", StringComparison.Ordinal)
        || row.Stream.StartsWith("merchant/", StringComparison.Ordinal);

    /// <summary>The fold of a stream as bytes, as it would be stored.</summary>
    public byte[] StateOf(string stream) => KindOf(stream).Kind.WriteState(states[stream]);

    private static Known KindOf(string stream) =>
        Kinds.GetValueOrDefault(stream.Split('/')[0])
        ?? throw new InvalidOperationException($"No kind of stream is called {stream}.");

    private void Take(Views views, Row row) =>
        KindOf(row.Stream).Apply(this, views, row.Stream.Split('/')[1], row);

    private sealed record Known(StreamKind Kind, Action<Replay, Views, string, Row> Apply);

    private static Known Of<TState, TEvent>(StreamKind<TState, TEvent> kind)
        where TState : class
        where TEvent : class =>
        new(kind, (replay, views, id, row) => replay.Apply(views, kind, id, row));

    /// <summary>Every kind of stream of the program.</summary>
    private static readonly Dictionary<string, Known> Kinds = new Known[]
    {
        Of(OrgStreams.Kind),
        Of(MerchantStreams.Kind),
        Of(Keys.Kind),
        Of(AccountStreams.Kind),
        Of(TerminalStreams.Kind),
        Of(CaseStreams.Kind),
        Of(ArtifactStreams.Kind),
        Of(CampaignStreams.Kind),
        Of(PolicyStreams.Kind),
        Of(WhereaboutsStreams.Kind),
        Of(NetworkRequestStreams.Kind),
        Of(AlertStreams.Kind),
        Of(LockBatchStreams.Kind),
        Of(LockQuota.Kind),
        Of(ArrearsStreams.Kind),
        Of(OldVersionStreams.Kind),
        Of(WebhookStreams.Kind),
        Of(PresenceStreams.Kind),
        Of(CrisisStreams.Kind),
        Of(OwnerCodeStreams.Kind),
        Of(PasskeyStreams.Kind),
        Of(BankStreams.Kind),
        Of(BankStreams.Cards),
        Of(BankRequestStreams.Kind),
        Of(SettlementStreams.Books),
        Of(SettlementStreams.Mappings),
        Of(AnnouncementStreams.Kind),
        Of(ComplaintStreams.Kind),
        Of(InvestigationStreams.Kind),
        Of(RepairStreams.Kind),
        Of(BindingChangeStreams.Kind),
        Of(NotificationStreams.Kind),
        Of(ChannelStreams.Kind),
        Of(PartyStreams.Kind),
    }.ToDictionary(known => known.Kind.Prefix, StringComparer.Ordinal);

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
