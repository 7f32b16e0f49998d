using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Tillkeeper.Server.People.Accounts;

namespace Tillkeeper.Server.People.Sessions;

/// <summary>People's door, with a browser: the cookie of a session. Role and place are the account's at this moment.</summary>
internal sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    SessionStore sessions,
    AccountBook accounts
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Session";

    /// <summary>Set by what a page asks by itself: nobody did anything.</summary>
    private const string ByItself = "X-Live";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // A key that was sent is what counts, right or wrong.
        if (
            Person.Find(Context) is not null
            || Request.Headers.Authorization.Count > 0
            || sessions.Find(Context) is not { } session
            || accounts.PersonOf(session, Context) is not { } person
        )
        {
            return AuthenticateResult.NoResult();
        }
        if (!Request.Headers.ContainsKey(ByItself) && Request.Path != "/live")
        {
            await sessions.Touch(session);
        }
        Person.Put(Context, person);
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, person.Key)],
            Scheme.Name
        );
        return AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)
        );
    }
}
