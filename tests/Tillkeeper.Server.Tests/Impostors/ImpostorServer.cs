using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>A server that can send codes to phones, and the gateway that it sends them by.</summary>
public sealed class ImpostorServer : IAsyncLifetime
{
    internal TestGateway Sms { get; private set; } = null!;
    internal RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Sms = await TestGateway.Open();
        Server = await RunningServer.StartAsync(options: o =>
            o with
            {
                WebhookPrivateNetworks = true,
            }
        );
        await Sms.Serve(Server);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Sms.DisposeAsync();
    }
}
