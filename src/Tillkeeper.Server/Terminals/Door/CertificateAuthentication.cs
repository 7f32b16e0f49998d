using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Terminals.Door;

/// <summary>
/// Terminals' door: a client certificate of our own CA, of the terminal's current epoch, of a terminal that is not revoked. TLS itself lets
/// any certificate in, so that every refusal can be told and logged; revocation is asked at each request, never only in the handshake.
/// </summary>
internal sealed partial class CertificateAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    TerminalCertificateReader reader,
    States states,
    TimeProvider time
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Certificate";

    /// <summary>What a connection's certificate turned out to be: the chain is built once a connection, the rest asked each time.</summary>
    private static readonly ConditionalWeakTable<X509Certificate2, TerminalCertificate> Proven = [];

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(Authenticate());

    private AuthenticateResult Authenticate()
    {
        if (Context.Connection.ClientCertificate is not { } presented)
        {
            return AuthenticateResult.NoResult();
        }
        if (!Proven.TryGetValue(presented, out var certificate))
        {
            (certificate, var refusal) = reader.Read(presented);
            if (certificate is null)
            {
                return Refuse(refusal!.Code, refusal.Detail, "");
            }
            Proven.AddOrUpdate(presented, certificate);
        }
        var grace =
            Context.GetEndpoint()?.Metadata.GetMetadata<RenewalMetadata>()?.Grace ?? TimeSpan.Zero;
        if (time.GetUtcNow() > certificate.NotAfter + grace)
        {
            return Refuse(
                "certificate_expired",
                "The certificate has expired; renew it or enrol again.",
                certificate.TerminalId
            );
        }
        var state = states.Find(TerminalStreams.Kind, certificate.TerminalId);
        if (state is null || state.Revoked)
        {
            return Refuse(
                "terminal_revoked",
                "This terminal is revoked; it must enrol again.",
                certificate.TerminalId
            );
        }
        if (state.Epoch != certificate.Epoch)
        {
            return Refuse(
                "epoch_over",
                "This terminal has enrolled again since; the old identity is over.",
                certificate.TerminalId
            );
        }
        var source = Context.Connection.RemoteIpAddress?.ToString() ?? "";
        TerminalIdentity.Put(
            Context,
            new TerminalIdentity(state.Id, state.Epoch, certificate, source)
        );
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, state.Id)],
            Scheme.Name
        );
        return AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)
        );
    }

    private AuthenticateResult Refuse(string code, string detail, string terminal)
    {
        LogRefused(Logger, code, terminal, Context.Connection.RemoteIpAddress);
        Context.Items[ProblemAuthorizationResults.TerminalRefused] = (code, detail);
        return AuthenticateResult.Fail(code);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A client certificate was refused: {code}, terminal '{terminal}', from {source}."
    )]
    private static partial void LogRefused(
        ILogger logger,
        string code,
        string terminal,
        System.Net.IPAddress? source
    );
}

/// <summary>Marks the one route that a certificate may still use for some time after its end.</summary>
internal sealed record RenewalMetadata(TimeSpan Grace);

internal static class TerminalDoor
{
    /// <summary>Puts a route at the terminals' door, behind a client certificate.</summary>
    public static TBuilder NeedsTerminal<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder
            .WithMetadata(new Http.DoorMetadata(Http.Door.Terminals))
            .RequireAuthorization(policy =>
                policy
                    .AddAuthenticationSchemes(CertificateAuthentication.SchemeName)
                    .RequireAuthenticatedUser()
            );
}
