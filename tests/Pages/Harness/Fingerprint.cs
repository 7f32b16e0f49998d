using Microsoft.Playwright;

namespace Tillkeeper.Pages.Harness;

/// <summary>
/// A device with a fingerprint sensor, as Chromium plays one (CDP, domain WebAuthn): a platform authenticator that always finds somebody
/// at it, and knows the finger or not.
/// </summary>
internal sealed class Fingerprint
{
    private readonly ICDPSession session;
    private readonly string id;

    private Fingerprint(ICDPSession session, string id)
    {
        this.session = session;
        this.id = id;
    }

    public static async Task<Fingerprint> On(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
        return new Fingerprint(session, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>Whose finger is on it from now on: the owner's, or somebody else's.</summary>
    public Task Knows(bool owner) =>
        session.SendAsync(
            "WebAuthn.setUserVerified",
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["authenticatorId"] = id,
                ["isUserVerified"] = owner,
            }
        );
}
