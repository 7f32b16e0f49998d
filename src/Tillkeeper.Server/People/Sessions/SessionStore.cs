using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.People.Sessions;

/// <summary>
/// Who is in. The cookie holds 256 random bits, the table only their hash. Each use is remembered at once here and at most once a minute on
/// the disk: after a restart somebody may be asked again a minute early, never let in late.
/// </summary>
internal sealed class SessionStore(Database database, Appender appender, TimeProvider time)
{
    public const string Cookie = "__Host-tillkeeper";
    private const int CookieLength = 43;
    private static readonly TimeSpan WrittenEvery = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> seen = new(
        StringComparer.Ordinal
    );

    private sealed record Row(
        byte[] Id,
        string Account,
        string Device,
        string Address,
        long Since,
        long Seen,
        long Authenticated_At
    );

    /// <summary>Whose browser this is; null when nobody's, or when the time is up.</summary>
    public Session? Find(HttpContext context)
    {
        var secret = context.Request.Cookies[Cookie];
        if (secret is not { Length: CookieLength })
        {
            return null;
        }
        var id = IdOf(secret);
        var row = database.Read(c =>
            c.QueryFirstOrDefault<Row>("SELECT * FROM sessions WHERE id = @id", new { id })
        );
        if (row is null)
        {
            return null;
        }
        var session = Of(row);
        if (seen.TryGetValue(session.Name, out var later) && later > session.Seen)
        {
            session = session with { Seen = later };
        }
        return session.IsOver(time.GetUtcNow()) ? null : session;
    }

    /// <summary>The person did something just now.</summary>
    public async Task Touch(Session session)
    {
        var now = time.GetUtcNow();
        seen[session.Name] = now;
        if (now - session.Seen < WrittenEvery && now - session.Since > WrittenEvery)
        {
            return;
        }
        await appender.Run(
            Act.Server,
            work =>
            {
                work.Beside(v =>
                    v.Write(
                        "UPDATE sessions SET seen = $2 WHERE id = $1",
                        session.Id,
                        now.ToUnixTimeMilliseconds()
                    )
                );
                return true;
            }
        );
    }

    /// <summary>Lets somebody in. Whatever the browser was before ends: an id that somebody else planted is worth nothing.</summary>
    /// <returns>What the cookie is to hold.</returns>
    public string Begin(Work work, HttpContext context, string account, string device)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = work.Now.ToUnixTimeMilliseconds();
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        foreach (var (name, at) in seen.Where(s => work.Now >= s.Value + Session.Idle))
        {
            seen.TryRemove(KeyValuePair.Create(name, at));
        }
        var before = context.Request.Cookies[Cookie] is { Length: CookieLength } old
            ? IdOf(old)
            : null;
        work.Beside(v =>
        {
            if (before is not null)
            {
                v.Write("DELETE FROM sessions WHERE id = $1", before);
            }
            v.Write(
                "DELETE FROM sessions WHERE since < $1",
                (work.Now - Session.Longest).ToUnixTimeMilliseconds()
            );
            v.Write(
                "INSERT INTO sessions VALUES ($1, $2, $3, $4, $5, $5, $5)",
                IdOf(secret),
                account,
                device,
                address,
                now
            );
        });
        return secret;
    }

    /// <summary>The cookie: for this server alone, over TLS alone, out of reach of scripts, and gone with the browser.</summary>
    public static void Give(HttpContext context, string secret) =>
        context.Response.Cookies.Append(
            Cookie,
            secret,
            new CookieOptions
            {
                Secure = true,
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                IsEssential = true,
            }
        );

    public static void End(Work work, Session session) =>
        work.Beside(v => v.Write("DELETE FROM sessions WHERE id = $1", session.Id));

    public static void EndOthers(Work work, Session own) =>
        work.Beside(v =>
            v.Write("DELETE FROM sessions WHERE account = $1 AND id <> $2", own.Account, own.Id)
        );

    /// <summary>Everybody who is in with this account goes.</summary>
    public static void EndAll(Work work, string account) =>
        work.Beside(v => v.Write("DELETE FROM sessions WHERE account = $1", account));

    public IReadOnlyList<Session> Of(string account)
    {
        var now = time.GetUtcNow();
        return database.Read(c =>
            c.Query<Row>(
                    "SELECT * FROM sessions WHERE account = @account ORDER BY since DESC LIMIT 100",
                    new { account }
                )
                .Select(Of)
                .Select(s =>
                    seen.TryGetValue(s.Name, out var at) && at > s.Seen ? s with { Seen = at } : s
                )
                .Where(s => !s.IsOver(now))
                .ToList()
        );
    }

    private static byte[] IdOf(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    private static Session Of(Row row) =>
        new(
            row.Id,
            row.Account,
            row.Device,
            row.Address,
            DateTimeOffset.FromUnixTimeMilliseconds(row.Since),
            DateTimeOffset.FromUnixTimeMilliseconds(row.Seen),
            DateTimeOffset.FromUnixTimeMilliseconds(row.Authenticated_At)
        );
}
