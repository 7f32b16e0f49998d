using Dapper;
using Microsoft.Data.Sqlite;
using Tillkeeper.Server.Backups;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Secrets;

namespace Tillkeeper.Server.Tests.Backups;

/// <summary>A copy of a server that is at work, and a server on the copy.</summary>
public sealed class BackupTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_copy_of_a_running_server_verifies_and_has_everything_but_the_master_key()
    {
        using TempFolder folder = new();
        var merchant = await Shop.NewMerchant(server, null);
        var copy = folder.File("copy");
        using CancellationTokenSource copied = new();
        var work = KeepWorking(copied.Token);
        var ended = await Task.Run(
            () => new Backup(server.Data, copy, null).Run(),
            TestContext.Current.CancellationToken
        );
        await copied.CancelAsync();
        await work;

        Assert.Equal(0, ended);
        Assert.False(File.Exists(Path.Combine(copy, "master.key")));
        Assert.False(Directory.Exists(copy + ".making"));
        Assert.True(DatabaseHas(copy, merchant));
        // A name that is taken is left alone, and so is what does not verify.
        Assert.Equal(1, new Backup(server.Data, copy, null).Run());
        var broken = folder.File("broken");
        Directory.CreateDirectory(broken);
        File.Copy(Path.Combine(copy, "tillkeeper.db"), Path.Combine(broken, "tillkeeper.db"));
        using (
            SqliteConnection edit = new(
                $"Data Source={Path.Combine(broken, "tillkeeper.db")};Pooling=False"
            )
        )
        {
            edit.Open();
            edit.Execute("DELETE FROM events WHERE place = (SELECT max(place) FROM events)");
        }
        var key = Path.Combine(server.Data, "master.key");
        Assert.Equal(1, new Backup(broken, folder.File("kept"), key).Run());
        Assert.False(Directory.Exists(folder.File("kept")));
    }

    private async Task KeepWorking(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            await Shop.NewMerchant(server, null);
        }
    }

    private static bool DatabaseHas(string folder, string merchant)
    {
        using SqliteConnection connection = new(
            $"Data Source={Path.Combine(folder, "tillkeeper.db")};Pooling=False"
        );
        connection.Open();
        return connection.ExecuteScalar<long>(
                "SELECT count(*) FROM merchants WHERE id = @merchant",
                new { merchant }
            ) == 1;
    }
}
