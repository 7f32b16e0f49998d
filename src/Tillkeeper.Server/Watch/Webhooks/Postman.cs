using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Dapper;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Watch.Webhooks;

/// <summary>
/// Delivers letters: at least once, those of one subject one after the other in their order, each webhook for itself, so that a receiver
/// that hangs keeps nobody else waiting. What fails is tried again with growing pauses, and is a dead letter in the end.
/// </summary>
internal sealed partial class Postman : BackgroundService
{
    private const int AtOnce = 8;
    private const int LongestProblem = 200;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly MediaTypeHeaderValue CloudEvent = new("application/cloudevents+json")
    {
        CharSet = "utf-8",
    };

    private readonly ConcurrentDictionary<string, Task> running = new(StringComparer.Ordinal);
    private readonly Appender appender;
    private readonly Database database;
    private readonly Letters letters;
    private readonly IKeys keys;
    private readonly WebhookPacing pacing;
    private readonly TimeProvider time;
    private readonly ILogger<Postman> logger;
    private readonly HttpClient http;

    public Postman(
        Appender appender,
        Database database,
        Letters letters,
        IKeys keys,
        AddressGuard guard,
        WebhookPacing pacing,
        TimeProvider time,
        ILogger<Postman> logger
    )
    {
        this.appender = appender;
        this.database = database;
        this.letters = letters;
        this.keys = keys;
        this.pacing = pacing;
        this.time = time;
        this.logger = logger;
        http = new HttpClient(
            new SocketsHttpHandler
            {
                ConnectCallback = guard.Connect,
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                MaxResponseHeadersLength = 16,
            }
        )
        {
            Timeout = pacing.Timeout,
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Tillkeeper/1");
    }

    public override void Dispose()
    {
        http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Begin(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was under way counts as not delivered: at least once.
        }
        await Task.WhenAll(running.Values);
    }

    /// <summary>Starts on every webhook that nobody is at.</summary>
    private void Begin(CancellationToken stopping)
    {
        var ids = database.Read(c => c.Query<string>("SELECT id FROM webhooks").AsList());
        foreach (var id in ids.Where(id => !running.ContainsKey(id)))
        {
            running[id] = Task.Run(() => DeliverAll(id, stopping), CancellationToken.None);
        }
    }

    private async Task DeliverAll(string webhook, CancellationToken stopping)
    {
        try
        {
            while (
                !stopping.IsCancellationRequested
                && letters.FindDue(webhook, time.GetUtcNow(), AtOnce) is { Count: > 0 } due
                && KeysOf(webhook) is { } known
            )
            {
                var outcomes = await Task.WhenAll(
                    due.Select(letter => Deliver(known, letter, stopping))
                );
                await appender.Run(Act.Server, work => Note(work, webhook, known, due, outcomes));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogStopped(webhook);
        }
        // The next round tries again; the others go on meanwhile.
        catch (Exception e)
        {
            LogFailed(webhook, e);
        }
        finally
        {
            running.TryRemove(webhook, out _);
        }
    }

    private WebhookKeys? KeysOf(string webhook) =>
        database.Read(c =>
            c.ExecuteScalar<byte[]>(
                "SELECT sealed FROM webhook_secrets WHERE webhook = @webhook",
                new { webhook }
            )
        )
            is { } box
            ? WebhookKeys.Open(keys, webhook, box)
            : null;

    /// <summary>What an attempt came to: null when the receiver has it.</summary>
    /// <param name="Final">Trying again is of no use.</param>
    private sealed record Failure(string Problem, bool Final = false);

    private async Task<Failure?> Deliver(
        WebhookKeys known,
        OpenLetter letter,
        CancellationToken stopping
    )
    {
        var now = time.GetUtcNow();
        using HttpRequestMessage request = new(HttpMethod.Post, known.Url)
        {
            Content = new ByteArrayContent(letter.Body) { Headers = { ContentType = CloudEvent } },
        };
        StandardWebhooks.Sign(request, letter.Event, now, letter.Body, known.At(now));
        try
        {
            using var response = await http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                stopping
            );
            var status = (int)response.StatusCode;
            return response.IsSuccessStatusCode
                ? null
                : new Failure(
                    string.Create(CultureInfo.InvariantCulture, $"answered {status}"),
                    response.StatusCode == HttpStatusCode.Gone
                );
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new Failure($"no answer within {pacing.Timeout.TotalSeconds:0.#} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return new Failure(
                e.Message.Length <= LongestProblem ? e.Message : e.Message[..LongestProblem]
            );
        }
    }

    private bool Note(
        Work work,
        string webhook,
        WebhookKeys known,
        IReadOnlyList<OpenLetter> due,
        Failure?[] outcomes
    )
    {
        foreach (var (letter, failure) in due.Zip(outcomes))
        {
            if (failure is null)
            {
                work.Beside(v =>
                    v.Write("DELETE FROM webhook_letters WHERE number = $1", letter.Number)
                );
                Meters.WebhookLetters.Add(1, Outcome("delivered"));
                continue;
            }
            var attempts = (int)letter.Attempts + 1;
            var dead = failure.Final || attempts >= pacing.MostAttempts;
            Meters.WebhookLetters.Add(1, Outcome(dead ? "dead" : "retried"));
            var next = work.Now + pacing.PauseAfter(attempts, Random.Shared.NextDouble());
            work.Beside(v =>
                v.Write(
                    "UPDATE webhook_letters SET attempts = $2, next_at = $3, dead_at = $4, problem = $5 WHERE number = $1",
                    letter.Number,
                    attempts,
                    next.ToUnixTimeMilliseconds(),
                    dead ? work.Now.ToUnixTimeMilliseconds() : null,
                    failure.Problem
                )
            );
            if (dead)
            {
                Alarm(work, webhook, known, failure);
            }
        }
        if (Array.Exists(outcomes, failure => failure is null))
        {
            Alerts.Clear(work, AlertKey(webhook));
        }
        return true;
    }

    private static void Alarm(Work work, string webhook, WebhookKeys known, Failure failure) =>
        Alerts.Raise(
            work,
            new NewAlert(
                "webhook_failing",
                AlertKey(webhook),
                Severity.Medium,
                work.Load(WebhookStreams.Kind, webhook).Place,
                Facts: new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["webhook"] = webhook,
                    ["host"] = known.Url.Host,
                    ["problem"] = failure.Problem,
                }
            )
        );

    internal static string AlertKey(string webhook) => $"webhook_failing/{webhook}";

    private static KeyValuePair<string, object?> Outcome(string word) => new("outcome", word);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Webhook {Webhook}: stopped on the way."
    )]
    private partial void LogStopped(string webhook);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Webhook {Webhook}: delivering failed; it is tried again."
    )]
    private partial void LogFailed(string webhook, Exception problem);
}
