using System.Text;
using System.Text.Json;
using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Policies;

/// <summary>What people do with policies, and what tests look at afterwards.</summary>
internal static class Policing
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static string At(string target) => $"/api/v1/policies/{Uri.EscapeDataString(target)}";

    public static Task<Answer> TrySet(this TestPerson person, string target, string document) =>
        person.PutJson(At(target), new { document, reason = "test" });

    /// <summary>Sets a policy and waits until it is out.</summary>
    public static async Task<Answer> Set(this TestPerson person, string target, string document)
    {
        var set = (await person.TrySet(target, document)).Expect(200);
        await person.Out(target);
        return set;
    }

    public static async Task Remove(this TestPerson person, string target)
    {
        (await person.Delete($"{At(target)}?reason=test")).Expect(200);
        await person.Out(target);
    }

    public static async Task Out(this TestPerson person, string target)
    {
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            var shown = (await person.Get(At(target))).Expect(200);
            if (shown.Json.GetProperty("rollout").TryGetProperty("doneAt", out _))
            {
                return;
            }
            Assert.True(DateTime.UtcNow < until, $"not out: {shown.Body}");
            await Task.Delay(20);
        }
    }

    /// <summary>A value of the policy of a terminal and who set it, e.g. <c>3 from merchant:7Q</c>.</summary>
    public static async Task<string> Value(this TestPerson person, string terminal, string key)
    {
        var shown = (await person.Get($"/api/v1/terminals/{terminal}/policy")).Expect(200);
        var value = shown
            .Json.GetProperty("values")
            .EnumerateArray()
            .Single(v => v.GetProperty("key").GetString() == key);
        return $"{value.GetProperty("value")} from {value.GetProperty("from").GetString()}";
    }

    public static async Task<string> Status(this TestPerson person, string terminal) =>
        (await person.Get($"/api/v1/terminals/{terminal}/policy")).Expect(200).Text("status");

    /// <summary>The policy orders that wait for a terminal or have had their turn.</summary>
    public static async Task<IReadOnlyList<Order>> PolicyOrders(this DoorTerminal terminal) =>
        [.. (await terminal.Orders()).Where(o => o.Kind == OrderKind.Policy)];

    public static ByteArrayContent Yaml(string text)
    {
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new("application/yaml");
        return content;
    }

    public static string[] Problems(this Answer answer) =>
        [
            .. answer
                .Json.GetProperty("errors")
                .EnumerateArray()
                .Select(e => $"{e.GetProperty("line")}: {e.GetProperty("problem").GetString()}"),
        ];

    public static string Change(JsonElement c) =>
        $"{c.GetProperty("key").GetString()}: {Text(c, "from")} -> {Text(c, "to")}";

    private static string Text(JsonElement c, string name) =>
        c.TryGetProperty(name, out var value) ? value.ToString() : "";
}
