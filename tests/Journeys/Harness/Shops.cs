using System.Net;
using System.Text.Json;

namespace Tillkeeper.Journeys.Harness;

/// <summary>Made-up shops and what can be asked about them.</summary>
internal static class Shops
{
    private static int serials;

    public static string Serial() =>
        $"SN-{Environment.ProcessId}-{Interlocked.Increment(ref serials):D6}";

    public static async Task<string> Merchant(HttpClient admin, string? org = null)
    {
        var made = await admin.Post(
            "/api/v1/merchants",
            new
            {
                name = "Corner Shop",
                org,
                identity = new { kind = "credit_code", number = "9144030071526726XG" },
                contact = new { name = "Li Na", phone = "13800001111" },
            }
        );
        return made.Expect(HttpStatusCode.Created).Text("id");
    }

    /// <summary>Everything that happened to a terminal, oldest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> Events(HttpClient person, string terminal)
    {
        List<JsonElement> all = [];
        var after = "";
        while (true)
        {
            var page = (
                await person.Get($"/api/v1/terminals/{terminal}/events?limit=200&after={after}")
            ).Expect(HttpStatusCode.OK);
            all.AddRange(page.Body.GetProperty("items").EnumerateArray());
            if (!page.Body.TryGetProperty("next", out var next))
            {
                return all;
            }
            after = next.GetString()!;
        }
    }

    /// <summary>Opens a case for a lock, lets another person approve it, and gives its id.</summary>
    public static async Task<string> ApprovedCase(RunningServer server, object opening)
    {
        using var first = await server.As("helpdesk");
        using var second = await server.As("risk");
        var opened = (await first.Post("/api/v1/cases", opening))
            .Expect(HttpStatusCode.Created)
            .Text("id");
        (
            await second.Post(
                $"/api/v1/cases/{opened}/decision",
                new { decision = "approve", reason = "identity verified" }
            )
        ).Expect(HttpStatusCode.OK);
        return opened;
    }

    public static object Applicant { get; } = new { name = "Li Na", phone = "13800001111" };
}
