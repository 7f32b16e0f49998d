using System.Net;
using System.Net.Http.Headers;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Journal;

namespace Tillkeeper.Agent.Link;

/// <summary>
/// Reports the terminal's own events, in batches, from the first one that the server does not hold. Repeating is harmless; a gap is
/// answered with where to go on; a fork means that another device uses this identity, and is the server's to lock.
/// </summary>
internal sealed partial class Uplink(
    ServerClient server,
    Till till,
    LinkState link,
    Wake wake,
    ILogger<Uplink> logger
)
{
    private const int MostEvents = 256;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    /// <summary>After a fork nothing will change by asking often.</summary>
    private static readonly TimeSpan AfterFork = TimeSpan.FromMinutes(5);

    public async Task RunAsync(CancellationToken stop)
    {
        var backoff = new Backoff();
        while (!stop.IsCancellationRequested)
        {
            var greeting = link.Greeting;
            try
            {
                switch (await SendAsync(stop))
                {
                    case Outcome.GoOn:
                        backoff.Reset();
                        break;
                    case Outcome.Idle:
                        await wake.WaitAsync(LongestSleep, stop);
                        break;
                    case Outcome.Forked:
                        LogFork();
                        await Task.Delay(AfterFork, stop);
                        break;
                }
            }
            catch (Exception e) when (ServerFailure.IsOne(e, stop))
            {
                LogFailed(ServerFailure.Describe(e));
                await backoff.PauseAsync(greeting, stop);
            }
        }
    }

    private enum Outcome
    {
        GoOn,

        /// <summary>There is nothing to send, or nothing is known yet of what the server holds.</summary>
        Idle,
        Forked,
    }

    /// <summary>Sends the next batch.</summary>
    private async Task<Outcome> SendAsync(CancellationToken stop)
    {
        if (till.Journal is not { } journal || link.Acknowledged is not { } from)
        {
            return Outcome.Idle;
        }
        var batch = Read(journal, from);
        if (batch.Count == 0)
        {
            return Outcome.Idle;
        }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(ServerClient.RequestTimeout);
        using var content = new ByteArrayContent(UplinkBatch.Write(batch));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await server.Http.PostAsync(
            "/terminal/v1/events",
            content,
            limit.Token
        );
        if (response.StatusCode == HttpStatusCode.Conflict)
        {
            return await RefusedAsync(response, from, limit.Token);
        }
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync(
            LinkJson.Default.UplinkAnswer,
            limit.Token
        );
        link.Acknowledged = answer?.Acknowledged;
        return answer?.Acknowledged > from ? Outcome.GoOn : Outcome.Idle;
    }

    private IReadOnlyList<JournalEntry> Read(EventJournal journal, long from)
    {
        try
        {
            return journal.ReadAfter(from, MostEvents);
        }
        catch (ObjectDisposedException) when (till.Journal != journal)
        {
            // It was put aside after a loss; the new one is read next time.
            return [];
        }
    }

    /// <summary>A gap tells where to go on; any other conflict is a fork.</summary>
    private async Task<Outcome> RefusedAsync(
        HttpResponseMessage response,
        long from,
        CancellationToken stop
    )
    {
        var problem = await response.Content.ReadFromJsonAsync(
            LinkJson.Default.UplinkProblem,
            stop
        );
        if (problem is not { Code: "gap", Expected: { } expected })
        {
            return Outcome.Forked;
        }
        LogGap(from + 1, expected);
        if (expected == from + 1)
        {
            // After a loss the journal begins later than a server that was itself put back to an older state.
            throw new HttpRequestException("the server asks for events that are not there");
        }
        link.Acknowledged = expected - 1;
        return Outcome.GoOn;
    }

    [LoggerMessage(LogLevel.Warning, "Reporting: {Problem}. Trying again.")]
    private partial void LogFailed(string problem);

    [LoggerMessage(
        LogLevel.Warning,
        "Reporting: sent from event {Sent}, the server expects {Expected}; going on there."
    )]
    private partial void LogGap(long sent, long expected);

    [LoggerMessage(
        LogLevel.Critical,
        "Reporting: the server holds other events of this terminal. Another device uses this identity; the server locks it."
    )]
    private partial void LogFork();
}
