using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Tillkeeper.Server.Console.Texts;

namespace Tillkeeper.Server.Console.Shell;

/// <summary>What every page has in common: its language, and headers that let it reach nothing but this server.</summary>
internal static class Pages
{
    /// <summary>Where somebody's choice of language is kept; nothing else is in it.</summary>
    private const string LanguageCookie = "tillkeeper-language";

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
        return services.Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture(Phrases.English);
            options.SupportedCultures = options.SupportedUICultures =
            [
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
            context => context.GetEndpoint()?.Metadata.GetMetadata<PageMetadata>() is not null,
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
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new PageMetadata());

    /// <summary>The page, with its parameters by name.</summary>
    public static IResult Page<TPage>(object? parameters = null)
        where TPage : IComponent =>
        parameters is null
            ? new RazorComponentResult<TPage>()
            : new RazorComponentResult<TPage>(parameters);

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

    private sealed record PageMetadata;
}
