using System.Text.RegularExpressions;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Isolation;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.People;

/// <summary>Whoever left a screen open ten minutes ago releases nothing from it: over every route that changes anything.</summary>
public sealed partial class FreshTests(TimedServer timed) : IClassFixture<TimedServer>
{
    private static readonly Recipe[] Unsafe =
    [
        .. Recipes.All.Where(r => !r.Route.StartsWith("GET ", StringComparison.Ordinal)),
    ];

    /// <summary>No form of ours is sent, so that whatever gets past the question of freshness ends at the next guard and changes nothing.</summary>
    [Fact]
    public async Task What_is_asked_again_after_ten_minutes_is_exactly_what_opens_something()
    {
        var server = timed.Server;
        using var admin = await TestBrowser.SignedIn(server, "admin");
        using var owner = await TestBrowser.SignedIn(
            server,
            "merchant",
            await Shop.NewMerchant(server, null)
        );
        Assert.Equal([], await Stale());
        timed.Time.Now += TimeSpan.FromMinutes(10);
        Assert.Equal(
            Unsafe.Where(r => Rights.NeedsFresh(r.Right)).Select(r => r.Route),
            await Stale()
        );

        async Task<List<string>> Stale()
        {
            List<string> found = [];
            foreach (var recipe in Unsafe)
            {
                var browser = recipe.Allows("admin") ? admin : owner;
                using HttpRequestMessage request = new(
                    new HttpMethod(recipe.Route.Split(' ')[0]),
                    Parameter().Replace(recipe.Route.Split(' ')[1], "0000000000")
                );
                using var answer = await browser.Client.SendAsync(request);
                var body = await answer.Content.ReadAsStringAsync();
                Assert.True(
                    body.Contains("reauthentication_required", StringComparison.Ordinal)
                        || body.Contains("form_expired", StringComparison.Ordinal),
                    $"{recipe}: {answer.StatusCode} {body}"
                );
                if (body.Contains("reauthentication_required", StringComparison.Ordinal))
                {
                    found.Add(recipe.Route);
                }
            }
            return found;
        }
    }

    [Fact]
    public void Whatever_releases_reads_codes_decides_about_money_or_manages_people_is_asked_again()
    {
        Assert.All(
            Unsafe.Where(r => r.Opens),
            r => Assert.True(Rights.NeedsFresh(r.Right), $"{r}: {r.Right}")
        );
        Assert.Equal(
            [
                Right.ManageKeys,
                Right.ManageTerminals,
                Right.RevokeTerminals,
                Right.ReleaseLocks,
                Right.DecideCases,
                Right.ReadCodes,
                Right.ManageCampaigns,
                Right.SettleCrises,
                Right.ReconcileLedger,
                Right.ManageBanks,
                Right.OwnShop,
            ],
            Enum.GetValues<Right>().Where(Rights.NeedsFresh)
        );
    }

    [GeneratedRegex("""\{[^}]+\}""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
