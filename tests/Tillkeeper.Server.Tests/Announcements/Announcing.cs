using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Announcements;

/// <summary>Planned work as somebody of the fleet announces it.</summary>
internal static class Announcing
{
    public static object Body(string org, int daysAhead = 10, string? urgent = null)
    {
        var from = DateTimeOffset.UtcNow.AddDays(daysAhead);
        return new
        {
            org,
            from,
            until = from.AddHours(2),
            text = new { en = "New cables in the data centre.", zh = "机房更换线缆。" },
            urgent,
        };
    }

    public static async Task<string> Announce(RunningServer server, string org) =>
        (await server.Admin.Post("/api/v1/announcements", Body(org))).Expect(201).Text("id");
}
