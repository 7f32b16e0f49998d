using QRCoder;
using Tillkeeper.Core;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People.Passkeys;
using Tillkeeper.Server.People.SignIn;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Console.SignIn;

/// <param name="Address">Where this page is.</param>
/// <param name="Picture">The QR code as a data address.</param>
/// <param name="Secret">The same for whoever cannot scan.</param>
/// <param name="Setup">The secret again, sealed, for the form to bring back.</param>
internal sealed record InvitationModel(
    string Address,
    string Login,
    string Picture,
    string Secret,
    string Setup,
    Refusal? Refusal = null
);

/// <param name="Codes">Shown this once.</param>
internal sealed record RecoveryModel(IReadOnlyList<string> Codes, string Next);

/// <summary><c>/invitation/{token}</c>: somebody sets what they sign in with, alone.</summary>
internal static class InvitationEndpoints
{
    private static readonly TimeSpan SetupValidity = TimeSpan.FromMinutes(30);

    public static void MapInvitations(this IEndpointRouteBuilder app)
    {
        app.MapGet("/invitation/{token}", Show).At(Door.People).AllowAnonymous().AsPage();
        app.MapPost("/invitation/{token}", Accept)
            .At(Door.People)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.SignIns)
            .AsPage();
        app.MapPost("/invitation/{token}/passkey-options", Ask)
            .At(Door.People)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.SignIns)
            .AsPage();
        app.MapPost("/invitation/{token}/passkey", AcceptPasskey)
            .At(Door.People)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.SignIns)
            .AsPage();
    }

    private static async Task<IResult> Show(
        string token,
        Invitations invitations,
        IKeys keys,
        TimeProvider time
    ) =>
        await invitations.Find(token, time.GetUtcNow()) is { } known
            ? Pages.Page<InvitationPage>(ModelOf(token, known.Login, Totp.NewSecret(), keys, time))
            : Pages.Refused(Invitations.Gone);

    private static async Task<IResult> Accept(
        string token,
        IFormCollection form,
        HttpContext context,
        Invitations invitations,
        IKeys keys,
        TimeProvider time
    )
    {
        if (await invitations.Find(token, time.GetUtcNow()) is not { } known)
        {
            return Pages.Refused(Invitations.Gone);
        }
        var setup = Ticket.Read(keys, Ticket.Phone, form["setup"], time.GetUtcNow());
        if (setup is null)
        {
            return Pages.Go($"/invitation/{token}");
        }
        var secret = Convert.FromHexString(setup);
        var (codes, refusal) = await invitations.Accept(
            token,
            form["password"].ToString(),
            secret,
            form["code"].ToString().Replace(" ", "", StringComparison.Ordinal),
            Entrance.ActOf(context)
        );
        return codes is not null
            ? Pages.Page<RecoveryPage>(new RecoveryModel(codes, "/sign-in"))
            : Refused(ModelOf(token, known.Login, secret, keys, time), refusal!);
    }

    /// <summary>The password first: a device must not make a passkey for nothing.</summary>
    private static async Task<IResult> Ask(
        string token,
        IFormCollection form,
        HttpContext context,
        Invitations invitations,
        PasskeyCeremonies ceremonies,
        TimeProvider time
    )
    {
        if (await invitations.Find(token, time.GetUtcNow()) is not { } known)
        {
            return Pages.Refused(Invitations.Gone);
        }
        return invitations.Hindrance(known, form["password"].ToString()) is { } weak
            ? Pages.Refused(weak)
            : Results.Json(
                await ceremonies.AskToMake(
                    context,
                    new AccountHolder(known.Account, known.Login),
                    PasskeyPurpose.Invitation
                )
            );
    }

    private static async Task<IResult> AcceptPasskey(
        string token,
        IFormCollection form,
        HttpContext context,
        Invitations invitations,
        PasskeyCeremonies ceremonies,
        IKeys keys,
        TimeProvider time
    )
    {
        if (await invitations.Find(token, time.GetUtcNow()) is not { } known)
        {
            return Pages.Refused(Invitations.Gone);
        }
        var password = form["password"].ToString();
        var refusal = invitations.Hindrance(known, password);
        if (refusal is null)
        {
            var made = await ceremonies.Made(
                context,
                PasskeyAnswer.Of(form),
                new AccountHolder(known.Account, known.Login),
                PasskeyPurpose.Invitation
            );
            (var codes, refusal) = made is null
                ? (null, OwnPasskeys.NotMade)
                : await invitations.Accept(
                    token,
                    password,
                    made,
                    SigningIn.DeviceOf(context),
                    Entrance.ActOf(context)
                );
            if (codes is not null)
            {
                return Pages.Page<RecoveryPage>(new RecoveryModel(codes, "/sign-in"));
            }
        }
        // The phone that may have been set up on this page stays the one it was.
        var phone = Ticket.Read(keys, Ticket.Phone, form["setup"], time.GetUtcNow()) is { } setup
            ? Convert.FromHexString(setup)
            : Totp.NewSecret();
        return Refused(ModelOf(token, known.Login, phone, keys, time), refusal!);
    }

    private static IResult Refused(InvitationModel model, Refusal refusal) =>
        Pages.Page<InvitationPage>(
            model with
            {
                Refusal = refusal,
            },
            Problems.StatusOf(refusal.Kind)
        );

    private static InvitationModel ModelOf(
        string token,
        string login,
        byte[] secret,
        IKeys keys,
        TimeProvider time
    )
    {
        using var code = QRCodeGenerator.GenerateQrCode(
            Totp.Address(secret, login),
            QRCodeGenerator.ECCLevel.M
        );
        using PngByteQRCode picture = new(code);
        return new InvitationModel(
            $"/invitation/{token}",
            login,
            $"data:image/png;base64,{Convert.ToBase64String(picture.GetGraphic(5))}",
            string.Join(' ', Totp.Spell(secret).Chunk(4).Select(part => new string(part))),
            Ticket.Of(
                keys,
                Ticket.Phone,
                Convert.ToHexStringLower(secret),
                time.GetUtcNow() + SetupValidity
            )
        );
    }
}
