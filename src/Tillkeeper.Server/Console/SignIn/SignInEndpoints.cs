using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.People.Sessions;
using Tillkeeper.Server.People.SignIn;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Console.SignIn;

/// <param name="Login">As it was typed.</param>
/// <param name="Return">Where to go afterwards, on this server.</param>
/// <param name="Ticket">That the password was right; null before.</param>
internal sealed record SignInModel(
    string Login,
    string Return,
    string? Ticket = null,
    Core.Refusal? Refusal = null,
    bool TimedOut = false
);

/// <summary><c>/sign-in</c>: password, then code; <c>/sign-in/again</c> before what releases something; <c>/sign-out</c>.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", Show).At(Door.People).AllowAnonymous().AsPage();
        app.MapPost("/sign-in", Password)
            .At(Door.People)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.SignIns)
            .AsPage();
        app.MapPost("/sign-in/code", Code)
            .At(Door.People)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.SignIns)
            .AsPage();
        app.MapGet("/sign-in/again", ShowAgain).Needs(Right.Look).AsPage();
        app.MapPost("/sign-in/again", Again).Needs(Right.Look).AsPage();
        app.MapPasskeySignIn();
        app.MapPost("/sign-out", SignOut).Needs(Right.Look).AsPage();
    }

    /// <summary>A page of this server, or its first one: what another site wrote into a link leads nowhere else.</summary>
    internal static string Local(string? address) =>
        address is ['/', not ('/' or '\\'), ..]
        && address.Length <= 500
        && !address.Any(char.IsControl)
        && !address.StartsWith("/sign-", StringComparison.Ordinal)
            ? address
            : "/";

    private static IResult Show(HttpRequest request, HttpContext context) =>
        Pages.Page<SignInPage>(
            new SignInModel(
                "",
                Local(request.Query["return"]),
                TimedOut: context.Request.Cookies.ContainsKey(SessionStore.Cookie)
            )
        );

    private static async Task<IResult> Password(
        HttpContext context,
        IFormCollection form,
        SigningIn signing
    )
    {
        var login = form["login"].ToString();
        var back = Local(form["return"]);
        var (ticket, refusal) = await signing.Password(context, login, form["password"].ToString());
        return ticket is null
            ? Refused<SignInPage>(new SignInModel(login, back, Refusal: refusal))
            : Pages.Page<CodePage>(new SignInModel(login, back, ticket));
    }

    private static async Task<IResult> Code(
        HttpContext context,
        IFormCollection form,
        SigningIn signing
    )
    {
        var back = Local(form["return"]);
        var (person, refusal) = await signing.Code(
            context,
            form["ticket"].ToString(),
            form["code"].ToString()
        );
        if (person is not null)
        {
            return Pages.Go(back == "/" ? Navigation.HomeOf(person) : back);
        }
        return refusal!.Code == "sign_in_expired"
            ? Refused<SignInPage>(new SignInModel("", back, Refusal: refusal))
            : Refused<CodePage>(new SignInModel("", back, form["ticket"].ToString(), refusal));
    }

    private static IResult ShowAgain(HttpRequest request) =>
        Pages.Page<AgainPage>(new SignInModel("", Local(request.Query["return"])));

    private static async Task<IResult> Again(
        HttpContext context,
        IFormCollection form,
        Person person,
        SigningIn signing
    )
    {
        var back = Local(form["return"]);
        if (person.Session is null)
        {
            return Pages.Go(back);
        }
        var refusal = await signing.Again(
            context,
            person,
            form["password"].ToString(),
            form["code"].ToString()
        );
        return refusal is null
            ? Pages.Go(back)
            : Refused<AgainPage>(new SignInModel("", back, Refusal: refusal));
    }

    private static async Task<IResult> SignOut(
        Person person,
        Appender appender,
        HttpContext context
    )
    {
        if (person.Session is { } session)
        {
            await appender.Run(
                person.Act,
                work =>
                {
                    SessionStore.End(work, session);
                    return true;
                }
            );
            context.Response.Cookies.Delete(
                SessionStore.Cookie,
                new CookieOptions { Secure = true, HttpOnly = true }
            );
        }
        return Pages.Go("/sign-in");
    }

    internal static IResult Refused<TPage>(SignInModel model)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        Pages.Page<TPage>(model, Problems.StatusOf(model.Refusal!.Kind));
}
