using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Locks;

/// <summary>Waits for what goes on by itself.</summary>
internal static class Batches
{
    /// <summary>Fires what is due by the server's clock, now.</summary>
    public static Task Fire(this RunningServer server) =>
        server
            .Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>()
            .OfType<TimerRounds>()
            .Single()
            .Round();

    /// <summary>Lets each person lock this many terminals an hour.</summary>
    public static async Task Allow(this RunningServer server, int terminals) =>
        (
            await server.Admin.PutJson(
                "/api/v1/policies/provider",
                new
                {
                    document = $"remote:\n  perPersonAndHour: {terminals}\n",
                    reason = "a large batch",
                }
            )
        ).Expect(200);

    public static async Task<JsonElement> Until(RunningServer server, string batch, string status)
    {
        for (var i = 0; ; i++)
        {
            var shown = (await server.Admin.Get($"/api/v1/locks/batches/{batch}")).Expect(200).Json;
            if (shown.GetProperty("status").GetString() == status)
            {
                return shown;
            }
            Assert.True(i < 200, $"The batch did not come to be {status}: {shown}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
