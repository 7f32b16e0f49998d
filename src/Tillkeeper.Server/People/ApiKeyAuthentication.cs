using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Tillkeeper.Server.People;

/// <summary>People's door: <c>Authorization: Bearer tk_...</c>, or a page of ours that asks for somebody who is in already.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    Keys keys
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Prefix = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.Features.Get<Acting>() is { } acting)
        {
            return Task.FromResult(Let(acting.Person));
        }
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }
        var source = Context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (keys.Authenticate(header[Prefix.Length..].Trim(), source) is not { } person)
        {
            return Task.FromResult(AuthenticateResult.Fail("unknown key"));
        }
        return Task.FromResult(Let(person));
    }

    private AuthenticateResult Let(Person person)
    {
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
