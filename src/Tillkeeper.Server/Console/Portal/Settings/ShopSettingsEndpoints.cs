using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Merchants;
using Tillkeeper.Server.Notifications.Parties;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Portal.Settings;

/// <summary>How the shop is told.</summary>
internal sealed record ShopSettingsModel(
    string Merchant,
    string Name,
    PartyEndpoints.PartyView Party,
    bool Saved,
    ApiProblem? Problem = null
);

/// <summary><c>/shop/settings</c>: in which language, to which address, when not, and what not.</summary>
internal static class ShopSettingsEndpoints
{
    public static void MapShopSettings(this IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/shop/settings",
                (ApiClient api, string merchant = "", bool saved = false) =>
                    Show(api, merchant, saved)
            )
            .Needs(Right.OwnShop)
            .AsPage();
        app.MapPost("/shop/settings", Save).Needs(Right.OwnShop).AsPage();
    }

    private static async Task<IResult> Save(IFormCollection form, ApiClient api)
    {
        var merchant = form["merchant"].ToString();
        var email = form["email"].ToString().Trim();
        var reply = await api.Put(
            $"/api/v1/merchants/{Uri.EscapeDataString(merchant)}/notifications",
            new PartyEndpoints.SetBody(
                form["language"],
                email.Length > 0 ? email : null,
                null,
                form["zone"],
                new PartyEndpoints.Quiet(form["from"], form["to"]),
                [.. form["optOut"].OfType<string>()],
                KeepEmail: email.Length == 0 && form["removeEmail"].Count == 0
            )
        );
        return reply.Problem is { } problem
            ? await Show(api, merchant, saved: false, problem)
            : Pages.Go($"/shop/settings?merchant={Uri.EscapeDataString(merchant)}&saved=true");
    }

    private static async Task<IResult> Show(
        ApiClient api,
        string merchant,
        bool saved,
        ApiProblem? problem = null
    )
    {
        if (merchant.Length == 0)
        {
            var mine = await api.Get<Page<MerchantEndpoints.MerchantView>>(
                "/api/v1/merchants?limit=1"
            );
            if (mine.Value?.Items is not [var first, ..])
            {
                // Nobody is told anything who has no shop yet.
                return Pages.Go("/shop");
            }
            merchant = first.Id;
        }
        var at = $"/api/v1/merchants/{Uri.EscapeDataString(merchant)}";
        var who = await api.Get<MerchantEndpoints.MerchantView>(at);
        var party = await api.Get<PartyEndpoints.PartyView>($"{at}/notifications");
        return (who.Problem ?? party.Problem) is { } missing
            ? Pages.Refused(missing)
            : Pages.Page<ShopSettingsPage>(
                new ShopSettingsModel(merchant, who.Value!.Name, party.Value!, saved, problem),
                problem?.Status ?? StatusCodes.Status200OK
            );
    }
}
