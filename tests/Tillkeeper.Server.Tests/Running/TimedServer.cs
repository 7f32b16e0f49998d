using Tillkeeper.Server.Tests.Pki;

namespace Tillkeeper.Server.Tests.Running;

/// <summary>A server for one class of tests, whose clock they set.</summary>
public sealed class TimedServer : IAsyncLifetime
{
    internal FakeTime Time { get; } = new(DateTimeOffset.UtcNow);

    internal RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Server = await RunningServer.StartAsync(
            Time,
            options => options with { WebhookPrivateNetworks = true }
        );

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
