using System.Net.Http.Json;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Environments;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>Attacks on the networks that a terminal may be used in (W6): it stands at somebody's phone and is locked for it.</summary>
internal static class NetworkAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        Network(
            "one human asks for the network and approves it with another key",
            async s =>
            {
                var request = await Asked(s, s.Risk);
                var again = await s.FurtherKey(s.Risk, "admin");
                (await Approve(s, again, request)).Refuses(403, "own_request");
                await Beat(s, Stand.Phone);
            }
        ),
        Network(
            "half the world is named as the shop's network, and the helpdesk says yes",
            async s =>
            {
                foreach (var wide in (string[])["0.0.0.0/0", "10.0.0.0/8", "::/0"])
                {
                    var body = new { network = wide, reason = "ours" };
                    (await s.Keeper.Post($"{s.Path}/networks", body)).Refuses(
                        422,
                        "invalid",
                        "network"
                    );
                }
                var request = await Asked(s, s.Keeper);
                (await Approve(s, s.Helpdesk, request)).Refuses(403, "forbidden");
                await Beat(s, Stand.Phone);
            }
        ),
    ];

    private static Attack Network(string name, Func<Scene, Task> act) =>
        new(
            name,
            WayOut.NetworkCheck,
            Cause.NetworkAnomaly,
            act,
            async s =>
            {
                (await Approve(s, s.Risk, await Asked(s, s.Keeper))).Expect(204);
                await Beat(s, Stand.Phone);
            }
        )
        {
            Honest = "the shop asks for the network, risk approves",
            Policy = "environment: {then: lock, learn: PT0.001S, dwell: PT0S}",
            Begin = Stranded,
        };

    private static async Task Stranded(Scene s)
    {
        await Beat(s, Stand.Shop);
        await Beat(s, Stand.Shop);
        await Beat(s, Stand.Phone);
        var shown = (await s.Server.Admin.Get(s.Path)).Expect(200).Json.GetProperty("locks");
        s.Adopt(Assert.Single(shown.EnumerateArray()).GetProperty("id").GetString()!);
        await s.Sync();
    }

    private static async Task Beat(Scene s, object environment)
    {
        using var response = await s.Terminal.Http.PostAsJsonAsync(
            "/terminal/v1/heartbeat",
            new { nonce = "n", environment }
        );
        (await Answer.Of(response)).Expect(200);
    }

    private static async Task<string> Asked(Scene s, TestPerson by)
    {
        var asked = await by.Post($"{s.Path}/networks", new { reason = "our line is down" });
        return asked.Expect(201).Text("id");
    }

    private static Task<Answer> Approve(Scene s, TestPerson by, string request) =>
        by.Post(
            $"{s.Path}/networks/{request}/decision",
            new { decision = "approve", reason = "called back" }
        );
}
