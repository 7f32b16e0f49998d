using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Identity;
using Tillkeeper.Agent.Link;
using Tillkeeper.Core;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Agent.OpenLinks;

/// <param name="ExpiresAt">In trusted time.</param>
internal sealed record SignedLink(string Lock, Uri Url, DateTimeOffset ExpiresAt);

/// <summary>
/// Signs links that open a case. It needs no connection: the address of the people's door came with an earlier heartbeat, the time is
/// the trusted one, and the key is the terminal's own.
/// </summary>
internal sealed class LinkDesk(
    Till till,
    IdentityStore identities,
    LinkState link,
    DeviceClock clock
)
{
    /// <summary>A link with less than this left is replaced by a fresh one: somebody has still to type on a phone.</summary>
    private static readonly TimeSpan Reusable = TimeSpan.FromMinutes(10);
    private const int NonceBytes = 9;

    private static readonly Refusal TimeUnknown = Refusal.Conflict(
        "time_unknown",
        "The terminal has not heard the time from the server since it started; open the case by phone."
    );

    private static readonly Refusal PortalUnknown = Refusal.Conflict(
        "portal_unknown",
        "The server has not said where cases are opened; open the case by phone."
    );

    private volatile SignedLink? latest;

    /// <summary>The link for a lock that stands here.</summary>
    public (SignedLink? Link, Refusal? Refusal) For(string lockId)
    {
        if (till.State.ActiveLocks.FirstOrDefault(l => l.Id == lockId) is not { } standing)
        {
            return (null, Refusal.NotFound("lock"));
        }
        if (clock.Trusted is not { } now)
        {
            return (null, TimeUnknown);
        }
        if (link.Portal is not { } portal)
        {
            return (null, PortalUnknown);
        }
        if (latest is { } known && known.Lock == lockId && known.ExpiresAt - now >= Reusable)
        {
            return (known, null);
        }
        var signed = Sign(
            new OpenLink(
                lockId,
                standing.Cause,
                Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes)),
                now,
                till.Journal?.LastSeq
            )
        );
        latest = new SignedLink(lockId, new Uri(portal, $"open/{signed}"), now + OpenLink.ValidFor);
        return (latest, null);
    }

    private string Sign(OpenLink open)
    {
        var input = Jws.InputFor(identities.Required.TerminalId, OpenLink.Typ, open.ToPayload());
        using var key =
            identities.ClientCertificate?.GetECDsaPrivateKey()
            ?? throw new InvalidOperationException("The certificate has no key.");
        return Jws.Compose(
            input,
            key.SignData(
                input,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            )
        );
    }
}
