using System.Security.Cryptography.X509Certificates;
using Dapper;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Cases.OpenLinks;

/// <summary>A link that this terminal signed; whether it still holds is another question.</summary>
internal sealed record GenuineLink(string Terminal, OpenLink Link);

/// <param name="Lock">As it is on record here, or as its cause makes it where the terminal has not reported it yet.</param>
/// <param name="ByLinkAlone">True when nothing but the link says that the lock stands.</param>
internal sealed record GoodLink(TerminalState Terminal, Lock Lock, bool ByLinkAlone);

/// <summary>Reads links that terminals signed. Strangers send them: what costs is done before the one thread that writes is asked.</summary>
internal sealed class LinkReader(Database database, States states, TimeProvider time)
{
    /// <summary>Trusted time on a terminal is never ahead of the server that signed it; clocks of two servers may differ by this.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(2);

    /// <summary>Certificates of one enrolment that are tried: it has been renewed some times.</summary>
    private const int MostCertificates = 16;

    /// <summary>The link, when a key of the terminal's present enrolment has signed it; null otherwise.</summary>
    public GenuineLink? Verify(string token)
    {
        if (
            token.Length > OpenLink.LongestText
            || Jws.Parse(token) is not { Typ: OpenLink.Typ } jws
            || states.Find(TerminalStreams.Kind, jws.Kid) is not { } terminal
        )
        {
            return null;
        }
        var now = time.GetUtcNow();
        return
            IsSigned(jws, terminal, now) && OpenLink.Read(jws) is { } link && link.At <= now + Ahead
            ? new GenuineLink(terminal.Id, link)
            : null;
    }

    /// <summary>What the link opens; null when it is over: too old, its lock ended, its terminal revoked.</summary>
    public static GoodLink? Judge(Work work, GenuineLink genuine)
    {
        var terminal = work.Load(TerminalStreams.Kind, genuine.Terminal);
        var link = genuine.Link;
        if (terminal.Revoked || work.Now >= link.At + OpenLink.ValidFor)
        {
            return null;
        }
        if (terminal.Locks.TryGetValue(link.Lock, out var known))
        {
            return new GoodLink(terminal, known.Lock, false);
        }
        // Who holds the terminal's record up to when it signed, and has no such lock, has heard of its end.
        var ended =
            terminal.ReportedSeq >= link.Seq
            || terminal.PastLocks.Exists(p => p.Lock.Id == link.Lock);
        return ended ? null : new GoodLink(terminal, Unreported(link), true);
    }

    private bool IsSigned(Jws jws, TerminalState terminal, DateTimeOffset now)
    {
        var certificates = database.Read(c =>
            c.Query<string>(
                    "SELECT pem FROM certificates WHERE terminal = @Id AND epoch = @Epoch LIMIT @Most",
                    new
                    {
                        terminal.Id,
                        terminal.Epoch,
                        Most = MostCertificates,
                    }
                )
                .ToList()
        );
        foreach (var pem in certificates)
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            using var key = certificate.GetECDsaPublicKey();
            if (
                key is not null
                && now.UtcDateTime < certificate.NotAfter.ToUniversalTime()
                && jws.IsSignedBy(key)
            )
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A lock that only the terminal knows: what its cause says, and nothing that nobody has told.</summary>
    private static Lock Unreported(OpenLink link)
    {
        var rule = LockTable.Of(link.Cause);
        return new Lock
        {
            Id = link.Lock,
            Cause = link.Cause,
            Subject = Subject.Terminal,
            Scope = rule.Scope,
            Owner = LockOwner.Terminal,
            Status = LockStatus.Confirmed,
            Since = link.At,
            WaysOut = rule.WaysOut,
        };
    }
}
