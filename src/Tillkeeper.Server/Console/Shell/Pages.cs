using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Tillkeeper.Core;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Refusals;
using Tillkeeper.Server.Console.Texts;

namespace Tillkeeper.Server.Console.Shell;

/// <summary>What every page has in common: its language, and headers that let it reach nothing but this server.</summary>
internal static class Pages
{
    /// <summary>Where somebody's choice of language is kept; nothing else is in it.</summary>
    private const string LanguageCookie = "tillkeeper-language";

    private const string ModelItem = "tillkeeper.page.model";

    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        // Chinese is written as it is; a page of character references is twice as long and unreadable.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "__Host-tillkeeper-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.HeaderName = "X-Form-Token";
        });
        services.AddHttpContextAccessor();
        return services.Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture(Phrases.English);
            options.SupportedCultures = options.SupportedUICultures = [
                Phrases.English,
                Phrases.Chinese,
            ];
            options.RequestCultureProviders =
            [
                new QueryStringRequestCultureProvider
                {
                    QueryStringKey = "lang",
                    UIQueryStringKey = "lang",
                },
                new CookieRequestCultureProvider { CookieName = LanguageCookie },
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
            options.ApplyCurrentCultureToResponseHeaders = true;
        });
    }

    /// <summary>Pages speak the reader's language; what programs read does not change with it.</summary>
    public static void UsePages(this WebApplication app) =>
        app.UseWhen(
            IsPage,
            pages =>
            {
                pages.UseRequestLocalization();
                pages.Use(
                    (context, next) =>
                    {
                        Dress(context);
                        return next(context);
                    }
                );
            }
        );

    /// <summary>Marks a route as one that answers with a page, or with a part of one.</summary>
    public static TBuilder AsPage<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new PageMetadata()).ExcludeFromDescription().DisableAntiforgery();

    /// <summary>Whether a request is for a page, so that what goes wrong is told by one.</summary>
    public static bool IsPage(HttpContext context) => IsPage(context.GetEndpoint());

    public static bool IsPage(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<PageMetadata>() is not null;

    /// <summary>The same for what a page's own handler refuses.</summary>
    public static IResult Refused(Refusal refusal) => Refused(ApiProblem.Of(refusal));

    /// <summary>A page that says why there is none.</summary>
    public static IResult Refused(ApiProblem problem) => Page<RefusedPage>(problem, problem.Status);

    /// <summary>The page, with what it shows: see <see cref="PageComponent.Model{T}"/>.</summary>
    public static IResult Page<TPage>(object? model = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new Shown<TPage>(model, status);

    internal static T ModelOf<T>(HttpContext context)
        where T : class =>
        context.Items[ModelItem] as T
        ?? throw new InvalidOperationException($"The page was given no {typeof(T).Name}.");

    /// <summary>After something was done: to the page that shows it, so that reloading does not do it again (303).</summary>
    public static IResult Go(string path) => new SeeOther(path);

    private static void Dress(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "geolocation=(), microphone=(), payment=()";
        if (context.Request.Query.ContainsKey("lang"))
        {
            var culture = context.Features.Get<IRequestCultureFeature>()!.RequestCulture;
            context.Response.Cookies.Append(
                LanguageCookie,
                CookieRequestCultureProvider.MakeCookieValue(culture),
                new CookieOptions
                {
                    Secure = true,
                    SameSite = SameSiteMode.Lax,
                    HttpOnly = true,
                    MaxAge = TimeSpan.FromDays(365),
                    IsEssential = true,
                }
            );
        }
    }

    private sealed record PageMetadata(bool Told = true);

    private sealed record Shown<TPage>(object? Model, int Status) : IResult
        where TPage : IComponent
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Items[ModelItem] = Model;
            return new RazorComponentResult<TPage> { StatusCode = Status }.ExecuteAsync(
                httpContext
            );
        }
    }

    private sealed record SeeOther(string Path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = Path;
            return Task.CompletedTask;
        }
    }
}
