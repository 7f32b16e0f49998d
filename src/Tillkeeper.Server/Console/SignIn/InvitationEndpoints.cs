using QRCoder;
using Tillkeeper.Core;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People.SignIn;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Console.SignIn;

/// <param name="Picture">The QR code as a data address.</param>
/// <param name="Secret">The same for whoever cannot scan.</param>
/// <param name="Setup">The secret again, sealed, for the form to bring back.</param>
internal sealed record InvitationModel(
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
    }

    private static async Task<IResult> Show(
        string token,
        Invitations invitations,
        IKeys keys,
        TimeProvider time
    ) =>
        await invitations.Find(token, time.GetUtcNow()) is { } known
            ? Pages.Page<InvitationPage>(ModelOf(known.Login, Totp.NewSecret(), keys, time))
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
            new Act("stranger", context.Connection.RemoteIpAddress?.ToString() ?? "")
        );
        return codes is not null
            ? Pages.Page<RecoveryPage>(new RecoveryModel(codes, "/sign-in"))
            : Pages.Page<InvitationPage>(
                ModelOf(known.Login, secret, keys, time) with
                {
                    Refusal = refusal,
                },
                Problems.StatusOf(refusal!.Kind)
            );
    }

    private static InvitationModel ModelOf(
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
