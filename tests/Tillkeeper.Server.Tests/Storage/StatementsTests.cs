using Microsoft.Data.Sqlite;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Tests.Storage;

public sealed class StatementsTests : IDisposable
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");
    private readonly Statements statements;

    public StatementsTests()
    {
        connection.Open();
        statements = new Statements(connection);
        statements.Execute("CREATE TABLE keys (id TEXT, revoked_at INTEGER)");
        statements.Execute("INSERT INTO keys VALUES ($1, $2)", "first", null);
        statements.Execute("INSERT INTO keys VALUES ($1, $2)", "second", null);
    }

    [Fact]
    public void Parameters_go_by_their_number_and_not_by_the_order_of_their_appearance()
    {
        var changed = statements.Execute(
            "UPDATE keys SET revoked_at = $2 WHERE id = $1",
            "second",
            7L
        );

        Assert.Equal(1, changed);
        Assert.Equal("second", statements.Scalar("SELECT id FROM keys WHERE revoked_at = $1", 7L));
    }

    [Fact]
    public void One_number_may_appear_twice()
    {
        statements.Execute("INSERT INTO keys SELECT $2, $1 WHERE $1 > 0", 7L, "third");

        Assert.Equal(7L, statements.Scalar("SELECT revoked_at FROM keys WHERE id = $1", "third"));
    }

    public void Dispose()
    {
        statements.Dispose();
        connection.Dispose();
    }
}
