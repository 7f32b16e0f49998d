using Microsoft.Data.Sqlite;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>B11: somebody with the database file in hand changes the log; <c>tillkeeper audit verify</c> says where.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private RunningServer server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.Start();
        for (var i = 0; i < 20; i++)
        {
            await Shops.Merchant(server.Admin);
        }
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task An_untouched_log_verifies()
    {
        var (exitCode, output) = await server.Cli("audit", "verify");
        Assert.True(exitCode == 0, output);
    }

    [Theory]
    [InlineData("UPDATE events SET actor = 'person/NOBODY' WHERE place = $1", "altered")]
    [InlineData(
        "UPDATE events SET data = replace(data, 'Corner', 'Cornet') WHERE place = $1",
        "altered"
    )]
    [InlineData("DELETE FROM events WHERE place = $1", "missing")]
    [InlineData(
        "UPDATE events SET place = -1 WHERE place = $1; UPDATE events SET place = $1 WHERE place = $1 + 1; UPDATE events SET place = $1 + 1 WHERE place = -1",
        "altered"
    )]
    public async Task A_row_edited_deleted_or_swapped_is_found_at_its_place(
        string change,
        string problem
    )
    {
        var (shard, seq) = await Tamper(change);

        var (exitCode, output) = await server.Cli("-o", "json", "audit", "verify");

        Assert.Equal(1, exitCode);
        Assert.Contains($"\"shard\":{shard}", output.Replace(" ", ""), StringComparison.Ordinal);
        Assert.Contains($"\"seq\":{seq}", output.Replace(" ", ""), StringComparison.Ordinal);
        Assert.Contains(problem, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tail_that_was_cut_together_with_its_head_is_found_by_the_checkpoint_outside()
    {
        var (shard, seq) = await Tamper(
            """
            DELETE FROM events WHERE place >= $1 AND place >> 48 = $1 >> 48;
            DELETE FROM streams WHERE last_place >= $1 AND last_place >> 48 = $1 >> 48;
            UPDATE shards SET last_seq = (SELECT max(place & 0xFFFFFFFFFFFF) FROM events WHERE place >> 48 = shard),
              head_hash = (SELECT hash FROM events e WHERE e.place >> 48 = shard ORDER BY place DESC LIMIT 1)
              WHERE shard = $1 >> 48;
            """
        );

        var (exitCode, output) = await server.Cli("-o", "json", "audit", "verify");

        Assert.Equal(1, exitCode);
        Assert.Contains("cut", output, StringComparison.Ordinal);
        Assert.Contains($"\"shard\":{shard}", output.Replace(" ", ""), StringComparison.Ordinal);
        Assert.Contains($"\"seq\":{seq}", output.Replace(" ", ""), StringComparison.Ordinal);
    }

    /// <summary>Stops the server, changes a row in the middle of the fullest shard, starts it again.</summary>
    private async Task<(int Shard, long Seq)> Tamper(string change)
    {
        await server.Stop();
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(server.Data, "tillkeeper.db")};Pooling=False"
        );
        await connection.OpenAsync();
        await using var find = connection.CreateCommand();
        find.CommandText =
            "SELECT place FROM events WHERE type = 'merchant.created.v1' AND place >> 48 = (SELECT place >> 48 FROM events GROUP BY 1 ORDER BY count(*) DESC LIMIT 1) ORDER BY place LIMIT 1 OFFSET 1";
        var place = (long)(await find.ExecuteScalarAsync())!;
        await using var tamper = connection.CreateCommand();
        tamper.CommandText = change;
        tamper.Parameters.AddWithValue("$1", place);
        Assert.True(await tamper.ExecuteNonQueryAsync() > 0);
        await connection.CloseAsync();
        await server.StartAgain();
        return ((int)(place >> 48), place & 0xFFFFFFFFFFFF);
    }
}
