using Dapper;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.People.Sessions;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.People.Accounts;

/// <summary>Accounts as they are shown and as people stand behind them.</summary>
internal sealed class AccountBook(Database database)
{
    public const string Columns =
        "SELECT id, name, role, place, status, person, invited_at, signed_in_at FROM accounts";

    internal sealed record Row(
        string Id,
        string Name,
        string Role,
        string Place,
        string Status,
        string Person,
        long Invited_At,
        long? Signed_In_At
    );

    /// <summary>Who is in by this session; null when the account is no longer active.</summary>
    public Person? PersonOf(Session session, HttpContext context)
    {
        var row = database.Read(c =>
            c.QueryFirstOrDefault<Row>(
                Columns + " WHERE id = @Account AND status = 'active'",
                new { session.Account }
            )
        );
        var source = context.Connection.RemoteIpAddress?.ToString() ?? "";
        return row is not null && Words.TryParse<Role>(row.Role, out var role)
            ? new Person(row.Person, row.Name, role, row.Place, source)
            {
                Key = row.Id,
                Session = session,
            }
            : null;
    }

    /// <summary>A person with an account that is good; null when they have none.</summary>
    public static Person? Find(Views views, string person) =>
        views
            .Query(
                "SELECT name, role, place, id FROM accounts WHERE person = $1 AND status = 'active' ORDER BY length(place), id LIMIT 1",
                row =>
                    Words.TryParse<Role>(row.GetString(1), out var role)
                        ? new Person(person, row.GetString(0), role, row.GetString(2), "")
                        {
                            Key = row.GetString(3),
                        }
                        : null,
                person
            )
            .FirstOrDefault();
}
