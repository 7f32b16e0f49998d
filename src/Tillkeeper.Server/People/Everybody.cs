using Tillkeeper.Server.People.Accounts;
using Tillkeeper.Server.People.Passkeys;
using Tillkeeper.Server.People.SavedViews;
using Tillkeeper.Server.People.Sessions;
using Tillkeeper.Server.People.SignIn;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.WebAuthn;

namespace Tillkeeper.Server.People;

/// <summary>Everybody who can come in by the people's door, with a key or with a browser.</summary>
internal static class Everybody
{
    public static IServiceCollection AddPeople(
        this IServiceCollection services,
        ServerOptions options
    ) =>
        services
            .AddPasskeysOf<AccountHolder, AccountHolderStore>(options, residentKey: "required")
            .AddScoped<PasskeyCeremonies>()
            .AddScoped<PasskeySignIn>()
            .AddScoped<OwnPasskeys>()
            .AddSingleton<AccountNotices>()
            .AddSingleton<Entrance>()
            .AddSingleton<AccountBook>()
            .AddSingleton<AccountSecrets>()
            .AddSingleton<Passwords>()
            .AddSingleton<Devices>()
            .AddSingleton<SessionStore>()
            .AddSingleton<SigningIn>()
            .AddSingleton<Invitations>();

    public static void MapPeople(this IEndpointRouteBuilder app)
    {
        app.MapAccounts();
        app.MapSessions();
        app.MapSavedViews();
    }

    /// <summary>A person who can still come in, with what reaches furthest; null when they cannot.</summary>
    public static Person? Find(Views views, string id)
    {
        var byKey = Keys.Find(views, id);
        var byAccount = AccountBook.Find(views, id);
        return byAccount is null || byKey?.Place.Length <= byAccount.Place.Length
            ? byKey
            : byAccount;
    }
}
