using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.People.Passkeys;

namespace Tillkeeper.Server.Console.SignIn;

/// <summary><c>/sign-in/passkey</c> and <c>/sign-in/again/passkey</c>: the device says who it is, and has verified them.</summary>
internal static class PasskeySignInEndpoints
{
    public static void MapPasskeySignIn(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-in/passkey-options", Ask)
            .At(Door.People)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.SignIns)
            .AsPage();
        app.MapPost("/sign-in/passkey", Enter)
            .At(Door.People)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.SignIns)
            .AsPage();
        app.MapPost("/sign-in/again/passkey-options", AskAgain).Needs(Right.Look).AsPage();
        app.MapPost("/sign-in/again/passkey", Again).Needs(Right.Look).AsPage();
    }

    private static async Task<IResult> Ask(HttpContext context, PasskeySignIn signing) =>
        Results.Json(await signing.Ask(context, again: null));

    private static async Task<IResult> Enter(
        HttpContext context,
        IFormCollection form,
        PasskeySignIn signing
    )
    {
        var back = SignInEndpoints.Local(form["return"]);
        var (person, refusal) = await signing.Enter(context, PasskeyAnswer.Of(form), again: null);
        return person is not null
            ? Pages.Go(back == "/" ? Navigation.HomeOf(person) : back)
            : SignInEndpoints.Refused<SignInPage>(new SignInModel("", back, Refusal: refusal));
    }

    private static async Task<IResult> AskAgain(
        HttpContext context,
        Person person,
        PasskeySignIn signing
    ) => Results.Json(await signing.Ask(context, person));

    private static async Task<IResult> Again(
        HttpContext context,
        IFormCollection form,
        Person person,
        PasskeySignIn signing
    )
    {
        var back = SignInEndpoints.Local(form["return"]);
        if (person.Session is null)
        {
            return Pages.Go(back);
        }
        var (_, refusal) = await signing.Enter(context, PasskeyAnswer.Of(form), person);
        return refusal is null
            ? Pages.Go(back)
            : SignInEndpoints.Refused<AgainPage>(new SignInModel("", back, Refusal: refusal));
    }
}
