using System.Text;
using System.Text.Json.Nodes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Tests.Isolation;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Http;

/// <summary>Right requests with something wrong put into them: always an answer, never a fault of the server.</summary>
public sealed class FuzzTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int Seed = 20261122;

    [Fact]
    public async Task No_body_at_the_peoples_door_makes_the_server_fail()
    {
        using var tree = await Tree.Plant(server);
        JsonMutator mutator = new(new Random(Seed));
        foreach (var recipe in Recipes.All.Where(r => r.Body is not null))
        {
            // A person each, so that nobody runs into a limit.
            var admin = await server.Person("admin", tree.OrgB);
            for (var i = 0; i < 25; i++)
            {
                using var request = recipe.At(tree.B1);
                if (request.Content!.Headers.ContentType?.MediaType != "application/json")
                {
                    break;
                }
                var body = mutator.Mutate(await request.Content.ReadAsStringAsync());
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                var answer = await admin.Client.Ask(request);
                Assert.True(
                    answer.Status < 500 && answer.Status is not 400,
                    $"{recipe} {body}: {answer.Status} {answer.Body}"
                );
            }
        }
        Assert.True(
            (await server.Admin.Get("/api/v1/audit/verify")).Json.GetProperty("ok").GetBoolean()
        );
    }

    [Fact]
    public async Task No_event_of_a_terminal_makes_the_server_fail()
    {
        using var terminal = await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));
        JsonMutator mutator = new(new Random(Seed));
        IDeviceEvent[] samples =
        [
            Shop.Raise("AAAAAAAAAA", Cause.WrongPassword, "operator-1"),
            new LockEnded("AAAAAAAAAA", WayOut.PasswordReset, Shop.Clock, "a", "b", true),
            new DeviceStarted(Shop.Clock, "1.0"),
            new OrderApplied(3, "lock", "AAAAAAAAAA"),
            new OrderRefused(3, "release", "expired", "AAAAAAAAAA"),
            new OperatorSignedIn("a", OperatorRole.Manager, "AAAAAAAAAA"),
            new StateLost("x"),
            new ChallengeIssued("AAAAAAAAAA", "NNNNN", Shop.Clock),
        ];
        for (var i = 0; i < 320; i++)
        {
            var sample = samples[i % samples.Length];
            var data = mutator.Mutate(Encoding.UTF8.GetString(EventCatalogue.Device.Write(sample)));
            if (JsonNode.Parse(data) is not JsonObject)
            {
                continue;
            }
            var line = Line.After(terminal.Last, EventCatalogue.Device.NameOf(sample), data);
            var answer = await terminal.Send(line);
            Assert.True(answer.Status == 200, $"{line.Type} {data}: {answer.Status} {answer.Body}");
            terminal.Last = line;
            if (i % 40 == 0)
            {
                await ShownAsync(terminal);
            }
        }
        await ShownAsync(terminal);
    }

    /// <summary>What was taken can be shown, and the log can be read.</summary>
    private async Task ShownAsync(DoorTerminal terminal)
    {
        var path = $"/api/v1/terminals/{terminal.Id}";
        (await server.Admin.Get(path)).Expect(200);
        (await server.Admin.Get($"{path}/events?limit=200")).Expect(200);
        (await server.Admin.Get($"{path}/orders")).Expect(200);
        (await server.Admin.Get($"{path}/verdict?capability=refund")).Expect(200);
        (await terminal.Poll()).Expect(200);
    }
}
