using Tillkeeper.Server.Notifications.Channels;

namespace Tillkeeper.Server.Notifications.Sending;

/// <summary>Takes a message to wherever its channel leads, in limited time.</summary>
internal sealed class Carriers(SmtpCarrier mail, HttpCarrier http, NotificationPacing pacing)
{
    /// <returns>Null when it was taken.</returns>
    public async Task<SendFailure?> Send(
        ChannelSettings channel,
        Message message,
        CancellationToken cancel
    )
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(pacing.Timeout);
        try
        {
            return channel.Smtp is { } smtp
                ? await mail.Send(smtp, message, limited.Token)
                : await http.Send(channel.Http!, message, limited.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new SendFailure($"no answer within {pacing.Timeout.TotalSeconds:0.#} s");
        }
    }
}
