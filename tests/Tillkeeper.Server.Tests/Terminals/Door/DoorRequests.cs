using System.Net.Http.Json;
using System.Text;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Terminals.Door;

/// <summary>Requests of the terminals' door that would do something if their sender were somebody.</summary>
internal static class DoorRequests
{
    public static HttpRequestMessage Wellformed(string route, DoorTerminal terminal)
    {
        HttpRequestMessage message = new(new HttpMethod(route.Split(' ')[0]), route.Split(' ')[1]);
        message.Content = route.Split('/')[^1] switch
        {
            "renew" => JsonContent.Create(new { csr = DoorTerminal.Csr(terminal.Key) }),
            "events" => new StringContent(
                $$"""{"events":[{{Line.After(terminal.Last).Json}}]}""",
                Encoding.UTF8,
                "application/json"
            ),
            "heartbeat" => JsonContent.Create(new { nonce = "n" }),
            _ => null,
        };
        return message;
    }
}
