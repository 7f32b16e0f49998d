using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Tillkeeper.Server.Audit;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Tests.Secrets;

namespace Tillkeeper.Server.Tests.Runtime;

/// <summary>A log on a real disk, without a server around it.</summary>
internal sealed class Log : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly TimeProvider time;

    public Log(TimeProvider? time = null)
    {
        this.time = time ?? TimeProvider.System;
        Open();
    }

    public Database Database { get; private set; } = null!;
    public Appender Appender { get; private set; } = null!;
    public Tail Tail { get; } = new();
    public List<Exception> Deaths { get; } = [];

    public Task<T> Run<T>(Func<Work, T> command) =>
        Appender.Run(new Act("person/TEST", "127.0.0.1"), command);

    /// <summary>One more org: an event, a stream, a row of a view.</summary>
    public Task<string> AddOrg(string? id = null) =>
        Run(work =>
        {
            var org = id ?? Ids.New();
            work.Append(OrgStreams.Kind, org, org, [new OrgCreated(org, "", $"/{org}/", "Org")]);
            return org;
        });

    /// <summary>Another event of a stream that is there.</summary>
    public Task<bool> Append(string stream) =>
        Run(work =>
        {
            work.Append(Counters.Kind, stream, stream, [new Counted(1)]);
            return true;
        });

    /// <summary>What another process sees in the file.</summary>
    public T Elsewhere<T>(string sql)
    {
        using SqliteConnection other = new($"Data Source={folder.File("log.db")};Pooling=False");
        other.Open();
        return other.ExecuteScalar<T>(sql)!;
    }

    public AuditReport Verify() =>
        new LogVerifier(
            Database,
            new CheckpointFile(folder.File("none"), folder.MasterKey())
        ).Verify();

    public async Task Restart()
    {
        await Close();
        Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        folder.Dispose();
    }

    private void Open()
    {
        Database = new Database(folder.File("log.db"));
        Appender = new Appender(Database, Tail, time, NullLogger<Appender>.Instance, Deaths.Add);
    }

    private async Task Close()
    {
        await Appender.DisposeAsync();
        Database.Dispose();
    }
}
