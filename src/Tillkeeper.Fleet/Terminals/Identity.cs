using System.Text.Json;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Fleet.Platform;

namespace Tillkeeper.Fleet.Terminals;

/// <summary>What enrolment gives a terminal.</summary>
internal sealed record Identity(
    string TerminalId,
    int Epoch,
    string Certificate,
    string OrderKeys,
    Policy Policy
)
{
    public static async Task<Identity> Ask(
        Doors doors,
        string code,
        string csr,
        CancellationToken stop
    )
    {
        var answer = await Doors.Post(
            doors.Strangers,
            "/terminal/v1/enrol",
            new { code, csr },
            stop
        );
        return new Identity(
            Text(answer, "terminalId"),
            answer.GetProperty("epoch").GetInt32(),
            Text(answer, "certificate"),
            Text(answer, "orderKeys"),
            answer.GetProperty("policy").Deserialize(CoreJson.Default.Policy)!
        );
    }

    private static string Text(JsonElement answer, string name) =>
        answer.GetProperty(name).GetString()!;
}
