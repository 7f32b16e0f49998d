using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Orders;
using Tillkeeper.Agent.Sensors.Network;
using Tillkeeper.Agent.Transactions;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Agent.Link;

/// <summary>
/// Says every half minute that the terminal lives, how its network is and where it is, and brings back the time, signed for a fresh nonce, and what the server holds of
/// our record.
/// </summary>
internal sealed partial class Heartbeat(
    ServerClient server,
    Till till,
    OrderKeys keys,
    OpenTransactions transactions,
    DeviceClock clock,
    LinkState link,
    Wake wake,
    BeatNow beat,
    NetworkWatch network,
    Surroundings surroundings,
    ILogger<Heartbeat> logger
)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);
    private const int NonceBytes = 16;

    public async Task RunAsync(CancellationToken stop)
    {
        var backoff = new Backoff();
        while (!stop.IsCancellationRequested)
        {
            var greeting = link.Greeting;
            try
            {
                await BeatAsync(stop);
                backoff.Reset();
                await beat.WaitAsync(Between, stop);
            }
            catch (Exception e) when (ServerFailure.IsOne(e, stop))
            {
                LogFailed(ServerFailure.Describe(e));
                await backoff.PauseAsync(greeting, stop);
            }
        }
    }

    private async Task BeatAsync(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(ServerClient.RequestTimeout);
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));
        var state = till.State;
        using var content = JsonContent.Create(
            new HeartbeatRequest(
                nonce,
                ProgramName.Text,
                clock.Ms / 1000,
                till.Journal?.LastSeq,
                state.LastOrder,
                state.Policy.Version,
                transactions.Any,
                network.Measures,
                surroundings.Report
            ),
            LinkJson.Default.HeartbeatRequest
        );
        using var response = await server.Http.PostAsync(
            "/terminal/v1/heartbeat",
            content,
            limit.Token
        );
        await EndedIdentity.HearAsync(response, till, limit.Token);
        response.EnsureSuccessStatusCode();
        var answer =
            await response.Content.ReadFromJsonAsync(LinkJson.Default.HeartbeatAnswer, limit.Token)
            ?? throw new JsonException("An empty answer.");
        if (SignedTime.Open(answer.Now, keys.InForce(state), state.Terminal, nonce) is { } now)
        {
            clock.Learn(now);
            link.Heard(clock.Now.Clock);
        }
        else
        {
            LogUnsignedTime();
        }
        await till.HearAsync(answer.Acknowledged);
        link.Acknowledged ??= answer.Acknowledged.Seq;
        link.Portal = PortalAddress.Read(answer.Portal) ?? link.Portal;
        link.Warnings = ServerWarning.ToFindings(answer.Warnings);
        wake.Call();
    }

    [LoggerMessage(LogLevel.Warning, "Heartbeat: {Problem}.")]
    private partial void LogFailed(string problem);

    [LoggerMessage(
        LogLevel.Warning,
        "The server's time is not signed by a key in force for our nonce; it is not believed."
    )]
    private partial void LogUnsignedTime();
}
