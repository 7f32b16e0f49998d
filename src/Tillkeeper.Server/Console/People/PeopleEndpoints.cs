using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Console.Texts;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.People.Accounts;

namespace Tillkeeper.Server.Console.People;

/// <param name="Typed">What was typed into the invitation, when it was refused.</param>
/// <param name="Link">The address to hand over, shown this once.</param>
internal sealed record PeopleModel(
    IReadOnlyList<AccountEndpoints.AccountView> People,
    string? Next,
    bool MayManage,
    AccountEndpoints.Invite Typed,
    ApiProblem? Problem = null,
    string? Link = null
);

/// <summary><c>/console/people</c>: who signs in, with which role and where in the tree; inviting, resetting, suspending, another role or place.</summary>
internal static class PeopleEndpoints
{
    private const string Api = "/api/v1/people";
    private static readonly AccountEndpoints.Invite Nothing = new(null, null, null, null);

    public static IReadOnlyList<Column<AccountEndpoints.AccountView>> Columns { get; } =
    [
        new("people.name", a => a.Name),
        new("people.role", a => Phrases.Current.Word("role", a.Role)),
        new("people.status", a => Phrases.Current.Word("account_status", a.Status)),
        new("people.place", a => a.Place) { IsWide = true },
        new(
            "people.signed_in",
            a =>
                a.SignedInAt?.UtcDateTime.ToString(
                    "O",
                    System.Globalization.CultureInfo.InvariantCulture
                )
        )
        {
            IsWide = true,
            Show = SignedIn.Of,
        },
    ];

    public static void MapPeoplePages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/console/people", Show).Needs(Right.SeeKeys).AsPage();
        app.MapPost("/console/people", Invite).Needs(Right.ManageKeys).AsPage();
        app.MapPost("/console/people/reset", Reset).Needs(Right.ManageKeys).AsPage();
        app.MapPost("/console/people/suspend", Suspend).Needs(Right.ManageKeys).AsPage();
        app.MapPost("/console/people/role", Move).Needs(Right.ManageKeys).AsPage();
    }

    private static Task<IResult> Show(HttpRequest request, Person person, ApiClient api) =>
        Csv.IsAsked(request)
            ? Task.FromResult(Csv.Of("people", api, Api, Columns))
            : Page(request, person, api, Nothing, null, null);

    private static async Task<IResult> Page(
        HttpRequest request,
        Person person,
        ApiClient api,
        AccountEndpoints.Invite typed,
        ApiProblem? problem,
        string? link
    )
    {
        var after = Uri.EscapeDataString(request.Query["after"].ToString());
        var reply = await api.Get<Page<AccountEndpoints.AccountView>>($"{Api}?after={after}");
        return reply.Problem is { } refused
            ? Pages.Refused(refused)
            : Pages.Page<PeoplePage>(
                new PeopleModel(
                    reply.Value!.Items,
                    reply.Value.Next,
                    Rights.May(person.Role, Right.ManageKeys),
                    typed,
                    problem,
                    link
                ),
                problem?.Status ?? StatusCodes.Status200OK
            );
    }

    private static async Task<IResult> Invite(
        HttpRequest request,
        IFormCollection form,
        Person person,
        ApiClient api
    )
    {
        var org = form["org"].ToString().Trim();
        AccountEndpoints.Invite typed = new(
            form["name"],
            form["login"],
            form["role"],
            org.Length == 0 ? null : org
        );
        var reply = await api.Post(Api, typed, form["once"]);
        return await Page(
            request,
            person,
            api,
            reply.Good ? Nothing : typed,
            reply.Problem,
            LinkOf(request, reply)
        );
    }

    private static async Task<IResult> Reset(
        HttpRequest request,
        IFormCollection form,
        Person person,
        ApiClient api
    )
    {
        var reply = await api.Post(
            $"{Api}/{Uri.EscapeDataString(form["id"].ToString())}/reset",
            new AccountEndpoints.Why(form["reason"]),
            form["once"]
        );
        return reply.Status == StatusCodes.Status404NotFound
            ? Pages.Refused(reply.Problem!)
            : await Page(request, person, api, Nothing, reply.Problem, LinkOf(request, reply));
    }

    private static async Task<IResult> Suspend(
        HttpRequest request,
        IFormCollection form,
        Person person,
        ApiClient api
    )
    {
        var reply = await api.Post(
            $"{Api}/{Uri.EscapeDataString(form["id"].ToString())}/suspend",
            new AccountEndpoints.Why(form["reason"]),
            form["once"]
        );
        return await Done(request, person, api, reply.Problem);
    }

    private static async Task<IResult> Move(
        HttpRequest request,
        IFormCollection form,
        Person person,
        ApiClient api
    )
    {
        var org = form["org"].ToString().Trim();
        var reply = await api.Post(
            $"{Api}/{Uri.EscapeDataString(form["id"].ToString())}/role",
            new AccountRole.NewRole(form["role"], org.Length == 0 ? null : org, form["reason"]),
            form["once"]
        );
        return await Done(request, person, api, reply.Problem);
    }

    private static async Task<IResult> Done(
        HttpRequest request,
        Person person,
        ApiClient api,
        ApiProblem? problem
    ) =>
        problem switch
        {
            null => Pages.Go("/console/people"),
            { Status: StatusCodes.Status404NotFound } missing => Pages.Refused(missing),
            { } refused => await Page(request, person, api, Nothing, refused, null),
        };

    private static string? LinkOf(HttpRequest request, Reply<System.Text.Json.JsonElement> reply) =>
        reply.Good && reply.Value.TryGetProperty("invitation", out var path)
            ? $"{request.Scheme}://{request.Host}{path.GetString()}"
            : null;
}
