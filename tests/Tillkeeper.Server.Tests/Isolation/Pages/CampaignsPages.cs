using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation.Pages;

/// <summary>Pages of rollouts: at the shop there is a campaign that waits for a second person.</summary>
internal static class CampaignsPages
{
    private const string Everybody = "all";
    private const string Fleet = "admin fleet";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("GET /console/campaigns", Right.Look, Everybody, NoTrace, _ => "/console/campaigns"),
        new(
            "GET /console/campaigns/new",
            Right.ManageCampaigns,
            Fleet,
            NoTrace,
            _ => "/console/campaigns/new"
        ),
        new(
            "POST /console/campaigns/new",
            Right.ManageCampaigns,
            Fleet,
            NotFound,
            _ => "/console/campaigns/new",
            s =>
                Form(
                    ("name", "Update"),
                    ("artifact", s.Artifact),
                    ("merchant", s.Merchant),
                    ("share0", "100"),
                    ("success0", "95"),
                    ("error0", "5"),
                    ("act", "begin")
                )
        ),
        new(
            "GET /console/campaigns/artifacts",
            Right.ManageCampaigns,
            Fleet,
            NoTrace,
            _ => "/console/campaigns/artifacts"
        ),
        new(
            "POST /console/campaigns/artifacts",
            Right.ManageCampaigns,
            Fleet,
            NotFound,
            _ => "/console/campaigns/artifacts",
            s => new MultipartFormDataContent
            {
                { new StringContent("till"), "name" },
                { new StringContent("2.0"), "version" },
                { new StringContent(s.Merchant), "org" },
                { new ByteArrayContent([4, 5, 6]), "file", "till.bin" },
            }
        ),
        new("GET /console/campaigns/{id}", Right.Look, Everybody, NotFound, At),
        new(
            "GET /console/campaigns/{id}/terminals",
            Right.Look,
            Everybody,
            NotFound,
            s => $"{At(s)}/terminals"
        ),
        Act("resume", "agreed"),
        Act("pause", "let us see"),
        // Nobody says why: it is left standing for whoever comes after.
        Act("stop", "") with
        {
            Lacks = "invalid",
        },
    ];

    private static Recipe Act(string act, string reason) =>
        new(
            $"POST /console/campaigns/{{id}}/{act}",
            Right.ManageCampaigns,
            Fleet,
            NotFound,
            s => $"{At(s)}/{act}",
            _ => Form(("reason", reason))
        );

    private static string At(Shop shop) => $"/console/campaigns/{shop.Campaign}";

    internal static HttpContent Form(params (string Name, string Value)[] fields) =>
        new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
}
