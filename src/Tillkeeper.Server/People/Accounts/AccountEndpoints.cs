using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People.Sessions;
using Tillkeeper.Server.People.SignIn;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.People.Accounts;

/// <summary><c>/api/v1/people</c>: who signs in with a browser. An admin invites; what somebody signs in with only they know.</summary>
internal static class AccountEndpoints
{
    /// <param name="Login">An e-mail address or another name; one spelling, whatever the case.</param>
    /// <param name="Person">The human behind it when they have a key or an account already.</param>
    internal sealed record Invite(
        string? Name,
        string? Login,
        string? Role,
        string? Org,
        string? Person = null
    );

    internal sealed record Why(string? Reason);

    internal sealed record AccountView(
        string Id,
        string Name,
        string Role,
        string Place,
        string Status,
        string Person,
        DateTimeOffset InvitedAt,
        DateTimeOffset? SignedInAt
    );

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/people", Create).Needs(Right.ManageKeys).ShowsOnce("invitation");
        app.MapGet("/api/v1/people", List).Needs(Right.SeeKeys);
        app.MapPost("/api/v1/people/{id}/reset", Reset)
            .Needs(Right.ManageKeys)
            .ShowsOnce("invitation");
        app.MapPost("/api/v1/people/{id}/suspend", Suspend).Needs(Right.ManageKeys);
        app.MapPost("/api/v1/people/{id}/role", AccountRole.Change).Needs(Right.ManageKeys);
    }

    private static async Task<IResult> Create(
        Invite body,
        Person person,
        Appender appender,
        AccountSecrets secrets
    )
    {
        var id = Ids.New();
        string? token = null;
        var holder = id;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (Places.Of(work.Views, body.Org, person) is not { } place)
                {
                    return Refusal.NotFound("org");
                }
                if (Checked(body, out var role) is { } wrong)
                {
                    return wrong;
                }
                if (body.Person is { } named)
                {
                    if (HolderOf(work, named, person) is not { } known)
                    {
                        return Refusal.NotFound("person");
                    }
                    holder = known;
                }
                if (secrets.Taken(work.Views, body.Login!))
                {
                    return Refusal.Conflict(
                        "login_taken",
                        "Somebody signs in with this already; choose another login."
                    );
                }
                work.Append(
                    AccountStreams.Kind,
                    id,
                    id,
                    [
                        new AccountInvited(
                            id,
                            body.Name!.Trim(),
                            role,
                            place,
                            holder == id ? null : holder
                        ),
                    ]
                );
                secrets.Add(work, id, body.Login!);
                token = AccountSecrets.Invite(work, id);
                Alerts.Raise(work, Invited(id, holder, body.Name.Trim(), role, place));
                return null;
            }
        );
        return refusal.Or(() =>
            Results.Json(
                new
                {
                    id,
                    person = holder,
                    invitation = $"/invitation/{token}",
                },
                statusCode: 201
            )
        );
    }

    private static Refusal? Checked(Invite body, out Role role)
    {
        return AccountRole.Read(body.Role, body.Org, out role)
            ?? Check.Name(body.Name, "name")
            ?? Check.Name(body.Login, "login");
    }

    /// <summary>The human behind a key or an account that the admin sees.</summary>
    private static string? HolderOf(Work work, string id, Person person)
    {
        var key = work.Load(Keys.Kind, id);
        if (key.Id.Length > 0 && person.Sees(key.Place))
        {
            return key.Holder;
        }
        var account = work.Load(AccountStreams.Kind, id);
        return account.Id.Length > 0 && person.Sees(account.Place) ? account.Holder : null;
    }

    /// <summary>Whoever can invite people can make themselves a second one: somebody else looks at each.</summary>
    private static NewAlert Invited(
        string id,
        string holder,
        string name,
        Role role,
        string place
    ) =>
        new(
            "account_invited",
            $"account_invited/{id}",
            role is Role.Admin ? Severity.High : Severity.Low,
            place,
            Facts: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["account"] = id,
                ["name"] = name,
                ["role"] = Words.Of(role),
                ["person"] = holder,
            }
        );

    private static IResult List(Person person, Paging page, Database database) =>
        page.Refusal.Or(() =>
        {
            var rows = database.Read(c =>
                c.Query<AccountBook.Row>(
                        $"{AccountBook.Columns} WHERE place >= @From AND place < @To AND id > @After ORDER BY id LIMIT @Most",
                        Subtree.Of(person, page)
                    )
                    .Select(ViewOf)
                    .ToList()
            );
            return Results.Json(page.Cut(rows, a => a.Id));
        });

    private static AccountView ViewOf(AccountBook.Row row) =>
        new(
            row.Id,
            row.Name,
            row.Role,
            row.Place,
            row.Status,
            row.Person,
            DateTimeOffset.FromUnixTimeMilliseconds(row.Invited_At),
            row.Signed_In_At is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null
        );

    private static async Task<IResult> Reset(string id, Why body, Person person, Appender appender)
    {
        string? token = null;
        var refusal = await Change(
            id,
            body,
            person,
            appender,
            new AccountReset(body.Reason ?? ""),
            work => token = AccountSecrets.Invite(work, id)
        );
        return refusal.Or(() => Results.Json(new { invitation = $"/invitation/{token}" }));
    }

    private static async Task<IResult> Suspend(
        string id,
        Why body,
        Person person,
        Appender appender
    ) =>
        (
            await Change(
                id,
                body,
                person,
                appender,
                new AccountSuspended(body.Reason ?? ""),
                work => AccountSecrets.Erase(work, id)
            )
        ).Or(() => Results.NoContent());

    private static Task<Refusal?> Change(
        string id,
        Why body,
        Person person,
        Appender appender,
        IAccountEvent happened,
        Action<Work> also
    ) =>
        appender.Run(
            person.Act,
            work =>
            {
                var account = work.Load(AccountStreams.Kind, id);
                if (account.Id.Length == 0 || !person.Sees(account.Place))
                {
                    return Refusal.NotFound("person");
                }
                if (Check.Text(body.Reason, "reason") is { } wrong)
                {
                    return wrong;
                }
                if (account.Status is AccountStatus.Suspended)
                {
                    return Refusal.Conflict(
                        "account_suspended",
                        "This account is suspended for good; invite the person anew."
                    );
                }
                if (LastAdmin(work, account) is { } last)
                {
                    return last;
                }
                work.Append(AccountStreams.Kind, id, id, [happened]);
                also(work);
                SessionStore.EndAll(work, id);
                return null;
            }
        );

    /// <summary>Why this account must stay as it is: somebody has to be able to invite people.</summary>
    internal static Refusal? LastAdmin(Work work, AccountState account) =>
        account.Role is Role.Admin && account.Place == Person.Root && IsLast(work.Views, account.Id)
            ? Refusal.Conflict(
                "last_admin",
                "Nobody else could invite people then; make another administrator first."
            )
            : null;

    /// <summary>Whether nobody else could let people in: no other account, and no key.</summary>
    private static bool IsLast(Views views, string id) =>
        views.Scalar(
            "SELECT 1 FROM accounts WHERE role = 'admin' AND place = $1 AND status = 'active' AND id <> $2 LIMIT 1",
            Person.Root,
            id
        )
            is null
        && views.Scalar(
            "SELECT 1 FROM keys WHERE role = 'admin' AND place = $1 AND revoked_at IS NULL LIMIT 1",
            Person.Root
        )
            is null;
}
