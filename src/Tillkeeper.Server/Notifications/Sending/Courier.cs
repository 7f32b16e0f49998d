using System.Collections.Concurrent;
using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Notifications.Channels;
using Tillkeeper.Server.Notifications.Templates;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Notifications.Sending;

/// <summary>
/// Sends what waits, each channel for itself, so that a gateway that hangs keeps no other waiting. What fails is tried again with growing
/// pauses and given up in the end, with an alert.
/// </summary>
internal sealed partial class Courier(
    Appender appender,
    Outbox outbox,
    ChannelBook channels,
    Carriers carriers,
    TemplateBook templates,
    NotificationPacing pacing,
    TimeProvider time,
    ILogger<Courier> logger
) : BackgroundService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<string, Task> running = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var channel in outbox.DueChannels(time.GetUtcNow()))
                {
                    if (!running.ContainsKey(channel))
                    {
                        running[channel] = Task.Run(
                            () => SendAll(channel, stoppingToken),
                            CancellationToken.None
                        );
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was under way counts as not sent: at least once.
        }
        await Task.WhenAll(running.Values);
    }

    private async Task SendAll(string channel, CancellationToken stopping)
    {
        try
        {
            while (
                !stopping.IsCancellationRequested
                && outbox.FindDue(channel, time.GetUtcNow(), AtOnce) is { Count: > 0 } due
            )
            {
                var settings = channels.Find(channel);
                var outcomes = await Task.WhenAll(due.Select(l => Send(settings, l, stopping)));
                await appender.Run(
                    Act.Server,
                    work => Note(work, channel, settings, due, outcomes)
                );
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogStopped(channel);
        }
        // The next round tries again; the other channels go on meanwhile.
        catch (Exception e)
        {
            LogFailed(channel, e);
        }
        finally
        {
            running.TryRemove(channel, out _);
        }
    }

    private async Task<SendFailure?> Send(
        ChannelSettings? settings,
        Letter letter,
        CancellationToken stopping
    )
    {
        if (settings is null)
        {
            return new SendFailure("the channel is gone", Final: true);
        }
        var content = outbox.Open(letter);
        Dictionary<string, string> facts = new(content.Facts, StringComparer.Ordinal)
        {
            ["count"] = letter.Held.ToString(CultureInfo.InvariantCulture),
        };
        if (
            !Words.TryParse<NotificationKind>(letter.Kind, out var kind)
            || !Words.TryParse<Audience>(letter.Audience, out var audience)
        )
        {
            return new SendFailure("a letter of a newer version", Final: true);
        }
        var text = templates.Render(kind, audience, content.Language, facts);
        return await carriers.Send(
            settings,
            new Message(letter.Id, content.To, text.Title, text.Text),
            stopping
        );
    }

    private bool Note(
        Work work,
        string channel,
        ChannelSettings? settings,
        IReadOnlyList<Letter> due,
        SendFailure?[] outcomes
    )
    {
        foreach (var (letter, failure) in due.Zip(outcomes))
        {
            var attempts = (int)letter.Attempts + 1;
            Meters.Notifications.Add(
                1,
                new KeyValuePair<string, object?>("outcome", failure is null ? "sent" : "failed")
            );
            if (failure is null)
            {
                Outbox.Settle(work, letter.Id, new NotificationSent(attempts));
            }
            else if (settings is null)
            {
                var gone = new NotificationDropped(DropReason.ChannelGone, attempts);
                Outbox.Settle(work, letter.Id, gone);
            }
            else if (failure.Final || attempts >= pacing.MostAttempts)
            {
                Outbox.Settle(
                    work,
                    letter.Id,
                    new NotificationDropped(DropReason.GivenUp, attempts)
                );
                Alarm(work, channel, settings, failure);
            }
            else
            {
                var next = work.Now + pacing.PauseAfter(attempts, Random.Shared.NextDouble());
                work.Beside(v =>
                    v.Write(
                        "UPDATE notification_letters SET attempts = $2, next_at = $3, problem = $4 WHERE id = $1",
                        letter.Id,
                        attempts,
                        next.ToUnixTimeMilliseconds(),
                        failure.Problem
                    )
                );
            }
        }
        if (Array.Exists(outcomes, failure => failure is null))
        {
            Alerts.Clear(work, AlertKey(channel));
        }
        return true;
    }

    private static void Alarm(
        Work work,
        string channel,
        ChannelSettings settings,
        SendFailure failure
    ) =>
        Alerts.Raise(
            work,
            new NewAlert(
                "notifications_failing",
                AlertKey(channel),
                Severity.Medium,
                Person.Root,
                Facts: new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["channel"] = channel,
                    ["host"] = settings.Host,
                    ["problem"] = failure.Problem,
                }
            )
        );

    internal static string AlertKey(string channel) => $"notifications_failing/{channel}";

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Channel {Channel}: stopped on the way."
    )]
    private partial void LogStopped(string channel);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Channel {Channel}: sending failed; it is tried again."
    )]
    private partial void LogFailed(string channel, Exception problem);
}
