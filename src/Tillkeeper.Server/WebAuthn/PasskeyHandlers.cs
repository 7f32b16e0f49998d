using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Tillkeeper.Server.WebAuthn;

/// <summary>What every passkey of this server has in common: its domain, whose pages may use it, and that somebody is verified at the device.</summary>
internal static class PasskeyHandlers
{
    /// <summary>Lets the framework make and verify passkeys of one sort of holder.</summary>
    /// <param name="residentKey">Whether the device keeps whom it is for, so that nobody types a name (WebAuthn Level 3, 5.4.6); null where they are known.</param>
    public static IServiceCollection AddPasskeysOf<THolder, TStore>(
        this IServiceCollection services,
        ServerOptions options,
        string? residentKey
    )
        where THolder : class, IPasskeyHolder
        where TStore : ReadOnlyPasskeyStore<THolder>
    {
        services.AddScoped<IUserStore<THolder>, TStore>();
        services.AddIdentityCore<THolder>();
        var settings = Options.Create(Settings(options.PasskeyDomain, residentKey));
        return services.AddScoped<IPasskeyHandler<THolder>>(s => new PasskeyHandler<THolder>(
            s.GetRequiredService<UserManager<THolder>>(),
            settings
        ));
    }

    private static IdentityPasskeyOptions Settings(string domain, string? residentKey) =>
        new()
        {
            ServerDomain = domain,
            ResidentKeyRequirement = residentKey,
            UserVerificationRequirement = "required",
            AttestationConveyancePreference = "none",
            ValidateOrigin = seen =>
                ValueTask.FromResult(
                    !seen.CrossOrigin
                        && Uri.TryCreate(seen.Origin, UriKind.Absolute, out var origin)
                        && origin.Scheme == Uri.UriSchemeHttps
                        && origin.IdnHost == domain
                ),
        };
}
