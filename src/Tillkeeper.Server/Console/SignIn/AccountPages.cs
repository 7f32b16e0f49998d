using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.People.Passkeys;
using Tillkeeper.Server.People.Sessions;
using Tillkeeper.Server.People.SignIn;

namespace Tillkeeper.Server.Console.SignIn;

/// <param name="HasSession">False for whoever came in with a key: then there is nothing to change here.</param>
internal sealed record AccountModel(
    Person Person,
    bool HasSession,
    IReadOnlyList<SessionEndpoints.SessionView> Sessions,
    IReadOnlyList<AccountPasskey> Passkeys,
    ApiProblem? Problem = null,
    bool Changed = false
);

/// <summary><c>/account</c>: one's own password, passkeys, recovery codes, and where one is signed in.</summary>
internal static class AccountPages
{
    public static void MapAccountPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/account", Show).Needs(Right.Look).AsPage();
        app.MapPost("/account/password", Change).Needs(Right.Look).AsPage();
        app.MapPost("/account/recovery-codes", Renew).Needs(Right.Look).AsPage();
        app.MapPost("/account/passkeys/options", Ask).Needs(Right.Look).AsPage();
        app.MapPost("/account/passkeys", Add).Needs(Right.Look).AsPage();
        app.MapPost("/account/passkeys/{id}/remove", Remove).Needs(Right.Look).AsPage();
        app.MapPost("/account/sessions/{id}/end", End).Needs(Right.Look).AsPage();
    }

    private static Task<IResult> Show(
        Person person,
        ApiClient api,
        OwnPasskeys passkeys,
        HttpRequest request
    ) => Page(person, api, passkeys, null, request.Query.ContainsKey("changed"));

    private static async Task<IResult> Page(
        Person person,
        ApiClient api,
        OwnPasskeys passkeys,
        ApiProblem? problem,
        bool changed = false
    )
    {
        var reply = await api.Get<Page<SessionEndpoints.SessionView>>("/api/v1/sessions");
        return reply.Problem is { } refused
            ? Pages.Refused(refused)
            : Pages.Page<AccountPage>(
                new AccountModel(
                    person,
                    person.Session is not null,
                    reply.Value!.Items,
                    person.Session is null ? [] : await passkeys.Of(person),
                    problem,
                    changed
                ),
                problem?.Status ?? StatusCodes.Status200OK
            );
    }

    private static async Task<IResult> Change(
        IFormCollection form,
        Person person,
        ApiClient api,
        OwnPasskeys passkeys,
        Invitations invitations,
        TimeProvider time
    )
    {
        if (NotFresh(person, time) is { } stale)
        {
            return await Page(person, api, passkeys, stale);
        }
        var refusal = await invitations.ChangePassword(person, form["password"].ToString());
        return refusal is null
            ? Pages.Go("/account?changed")
            : await Page(person, api, passkeys, ApiProblem.Of(refusal));
    }

    private static async Task<IResult> Renew(
        Person person,
        ApiClient api,
        OwnPasskeys passkeys,
        Invitations invitations,
        TimeProvider time
    ) =>
        NotFresh(person, time) is { } stale
            ? await Page(person, api, passkeys, stale)
            : Pages.Page<RecoveryPage>(
                new RecoveryModel(await invitations.RenewCodes(person), "/account")
            );

    private static async Task<IResult> Ask(
        HttpContext context,
        Person person,
        OwnPasskeys passkeys,
        TimeProvider time
    ) =>
        NotFresh(person, time) is { } stale
            ? Pages.Refused(stale)
            : Results.Json(await passkeys.Ask(context, person));

    private static async Task<IResult> Add(
        HttpContext context,
        IFormCollection form,
        Person person,
        ApiClient api,
        OwnPasskeys passkeys,
        TimeProvider time
    ) =>
        NotFresh(person, time) is { } stale
            ? await Page(person, api, passkeys, stale)
            : await Done(
                person,
                api,
                passkeys,
                await passkeys.Add(
                    context,
                    person,
                    form["name"].ToString().Trim(),
                    PasskeyAnswer.Of(form)
                )
            );

    private static async Task<IResult> Remove(
        string id,
        Person person,
        ApiClient api,
        OwnPasskeys passkeys,
        TimeProvider time
    ) =>
        NotFresh(person, time) is { } stale
            ? await Page(person, api, passkeys, stale)
            : await Done(person, api, passkeys, await passkeys.Remove(person, id));

    private static async Task<IResult> Done(
        Person person,
        ApiClient api,
        OwnPasskeys passkeys,
        Core.Refusal? refusal
    ) =>
        refusal switch
        {
            null => Pages.Go("/account"),
            { Kind: Core.RefusalKind.NotFound } => Pages.Refused(refusal),
            _ => await Page(person, api, passkeys, ApiProblem.Of(refusal)),
        };

    private static async Task<IResult> End(string id, ApiClient api)
    {
        var reply = await api.Delete($"/api/v1/sessions/{Uri.EscapeDataString(id)}");
        return reply.Problem is { } problem ? Pages.Refused(problem) : Pages.Go("/account");
    }

    /// <summary>A key has no password to change.</summary>
    private static ApiProblem? NotFresh(Person person, TimeProvider time) =>
        person.Session?.IsFresh(time.GetUtcNow()) == true
            ? null
            : new ApiProblem(
                StatusCodes.Status403Forbidden,
                "reauthentication_required",
                "Show again who you are."
            );
}
