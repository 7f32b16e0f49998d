using Tillkeeper.Core;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Locks;
using Tillkeeper.Server.Passkeys;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Console.Portal.Release;

/// <summary>The ways in which an owner ends one lock alone.</summary>
/// <param name="SentTo">The masked phone that a code has gone to.</param>
/// <param name="AskedBank">True when the bank's app shows a request now.</param>
internal sealed record OwnReleaseModel(
    TerminalView Terminal,
    LockView Lock,
    IReadOnlyList<PasskeyEndpoints.PasskeyView> Passkeys,
    ApiProblem? Problem = null,
    string? SentTo = null,
    bool AskedBank = false
);

/// <summary><c>/shop/terminals/{id}/locks/{lockId}/release</c>: by passkey, by a code to the phone on file, or in the bank's app.</summary>
internal static class OwnReleaseEndpoints
{
    private const string Room = "/shop/terminals/{id}/locks/{lockId}";

    public static void MapOwnRelease(this IEndpointRouteBuilder app)
    {
        app.MapGet(
                $"{Room}/release",
                (string id, string lockId, ApiClient api) => Show(api, id, lockId, m => m)
            )
            .Needs(Right.OwnShop)
            .AsPage();
        app.MapPost($"{Room}/passkey-options", Options).Needs(Right.OwnShop).AsPage();
        app.MapPost($"{Room}/passkey", ByPasskey).Needs(Right.OwnShop).AsPage();
        app.MapPost($"{Room}/phone-code", SendCode).Needs(Right.OwnShop).AsPage();
        app.MapPost($"{Room}/phone-release", ByCode).Needs(Right.OwnShop).AsPage();
        app.MapPost($"{Room}/bank", AskBank).Needs(Right.OwnShop).AsPage();
    }

    private static async Task<IResult> Options(string id, string lockId, ApiClient api) =>
        Ceremonies.Answer(await api.Post($"{At(id, lockId)}/passkey-options", new { }));

    private static async Task<IResult> ByPasskey(
        string id,
        string lockId,
        IFormCollection form,
        ApiClient api
    )
    {
        var reply = await api.Post(
            $"{At(id, lockId)}/passkey-release",
            new { state = form["state"].ToString(), credential = Ceremonies.Credential(form) }
        );
        return await Done(api, id, lockId, reply.Problem);
    }

    private static async Task<IResult> SendCode(
        string id,
        string lockId,
        IFormCollection form,
        ApiClient api
    )
    {
        var reply = await api.Post($"{At(id, lockId)}/owner-code", new { }, form["once"]);
        return await Show(
            api,
            id,
            lockId,
            m =>
                m with
                {
                    Problem = reply.Problem,
                    SentTo = reply.Good ? reply.Value.GetProperty("sentTo").GetString() : null,
                }
        );
    }

    private static async Task<IResult> ByCode(
        string id,
        string lockId,
        IFormCollection form,
        ApiClient api
    )
    {
        var reply = await api.Post(
            $"{At(id, lockId)}/owner-code-release",
            new { code = form["code"].ToString() },
            form["once"]
        );
        return reply.Good
            ? await Done(api, id, lockId, null)
            : await Show(
                api,
                id,
                lockId,
                m => m with { Problem = reply.Problem, SentTo = form["sentTo"].ToString() }
            );
    }

    private static async Task<IResult> AskBank(
        string id,
        string lockId,
        IFormCollection form,
        ApiClient api
    )
    {
        var reply = await api.Post(
            $"/api/v1/terminals/{Uri.EscapeDataString(id)}/bank-requests",
            new { action = "release", locks = new[] { lockId } },
            form["once"]
        );
        return await Show(
            api,
            id,
            lockId,
            m => m with { Problem = reply.Problem, AskedBank = reply.Good }
        );
    }

    private static async Task<IResult> Done(
        ApiClient api,
        string id,
        string lockId,
        ApiProblem? problem
    ) =>
        problem is null
            ? Pages.Go($"/shop/terminals/{Uri.EscapeDataString(id)}")
            : await Show(api, id, lockId, m => m with { Problem = problem });

    private static async Task<IResult> Show(
        ApiClient api,
        string id,
        string lockId,
        Func<OwnReleaseModel, OwnReleaseModel> with
    )
    {
        var terminal = await api.Get<TerminalView>($"/api/v1/terminals/{Uri.EscapeDataString(id)}");
        if (terminal.Problem is { } missing)
        {
            return Pages.Refused(missing);
        }
        if (terminal.Value!.Locks.FirstOrDefault(l => l.Id == lockId) is not { } found)
        {
            return Pages.Refused(Refusal.NotFound("lock"));
        }
        var passkeys = await api.Get<Page<PasskeyEndpoints.PasskeyView>>("/api/v1/passkeys");
        var model = with(new OwnReleaseModel(terminal.Value, found, passkeys.Value?.Items ?? []));
        return Pages.Page<OwnReleasePage>(model, model.Problem?.Status ?? StatusCodes.Status200OK);
    }

    private static string At(string id, string lockId) =>
        $"/api/v1/terminals/{Uri.EscapeDataString(id)}/locks/{Uri.EscapeDataString(lockId)}";
}
