using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Agent.Device;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Agent.SignIn;

/// <summary>Who is signed in, by the hash of a bearer token. Ends with the sign-out, and with every lock that means "sign in again".</summary>
internal sealed class Sessions : ITillObserver
{
    private const int TokenBytes = 32;

    /// <summary>Nobody signs in at a till this often without leaving; the oldest makes room.</summary>
    private const int Most = 16;
    private readonly System.Threading.Lock gate = new();
    private readonly List<(string Hash, Session Session)> open = [];

    public bool Any
    {
        get
        {
            lock (gate)
            {
                return open.Count > 0;
            }
        }
    }

    /// <summary>A new session; returns its token, which is kept nowhere.</summary>
    public string Begin(Session session)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        lock (gate)
        {
            if (open.Count == Most)
            {
                open.RemoveAt(0);
            }
            open.Add((HashOf(token), session));
        }
        return token;
    }

    public Session? Find(string? token)
    {
        if (token is null)
        {
            return null;
        }
        var hash = HashOf(token);
        lock (gate)
        {
            return open.Find(s => s.Hash == hash).Session;
        }
    }

    public void End(string? token)
    {
        if (token is not null)
        {
            var hash = HashOf(token);
            EndWhere(s => s.Hash == hash);
        }
    }

    public void EndAll() => EndWhere(_ => true);

    /// <summary>True when whoever is at the till must sign in before anything else.</summary>
    public static bool MustSignIn(DeviceState state) => state.ActiveLocks.Any(EndsSessions);

    public void Happened(ImmutableArray<IDeviceEvent> events, DeviceState state)
    {
        foreach (var happened in events)
        {
            switch (happened)
            {
                case LockBegun begun when EndsSessions(begun.Lock):
                    EndAll();
                    break;
                case LockEnded { VoidsPasscode: true, Grants: { } who }:
                    EndWhere(s => s.Session.Operator == who);
                    break;
                case PasscodeSet set:
                    // Whoever signed in with the old one, a thief included, signs in again.
                    EndWhere(s => s.Session.Operator == set.Operator);
                    break;
                case PasscodeVoided voided:
                    EndWhere(s => s.Session.Operator == voided.Operator);
                    break;
            }
        }
    }

    private static bool EndsSessions(Lock begun) =>
        begun.Subject.IsTerminal
        && (begun.Cause == Cause.Away || begun.Scope.Contains(Capability.SignIn));

    private void EndWhere(Predicate<(string Hash, Session Session)> which)
    {
        lock (gate)
        {
            open.RemoveAll(which);
        }
    }

    /// <summary>Looked up by hash, so that the time taken tells nothing about a token.</summary>
    private static string HashOf(string token) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
