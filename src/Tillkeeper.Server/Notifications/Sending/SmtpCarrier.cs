using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Tillkeeper.Server.Notifications.Channels;
using Tillkeeper.Server.Watch.Webhooks;

namespace Tillkeeper.Server.Notifications.Sending;

/// <summary>Hands a letter to a mail server.</summary>
internal sealed class SmtpCarrier(AddressGuard guard)
{
    /// <returns>Null when the server took it.</returns>
    public async Task<SendFailure?> Send(
        SmtpSettings settings,
        Message message,
        CancellationToken cancel
    )
    {
        using var letter = Letter(settings, message);
        using SmtpClient client = new();
        try
        {
            using var socket = await guard.Connect(settings.Host, settings.Port, cancel);
            await client.ConnectAsync(
                socket,
                settings.Host,
                settings.Port,
                settings.Security switch
                {
                    MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                    MailSecurity.Starttls => SecureSocketOptions.StartTls,
                    _ => SecureSocketOptions.None,
                },
                cancel
            );
            if (settings.User is not null)
            {
                await client.AuthenticateAsync(settings.User, settings.Password!, cancel);
            }
            await client.SendAsync(letter, cancel);
            await client.DisconnectAsync(true, cancel);
            return null;
        }
        catch (SmtpCommandException e)
        {
            // What the server says often repeats the address; the number says enough. 5xx: never (RFC 5321 4.2.1).
            return new SendFailure(
                $"the mail server answered {(int)e.StatusCode}",
                (int)e.StatusCode >= 500
            );
        }
        catch (AuthenticationException)
        {
            return new SendFailure("the mail server refuses user or password");
        }
        catch (NotSupportedException)
        {
            return new SendFailure("the mail server does not offer STARTTLS, or no way to sign in");
        }
        catch (SslHandshakeException)
        {
            return new SendFailure("the mail server's certificate is not trusted");
        }
        catch (Exception e)
            when (e is ProtocolException or IOException or SocketException or HttpRequestException)
        {
            return new SendFailure($"the mail server was not reached ({e.GetType().Name})");
        }
    }

    private static MimeMessage Letter(SmtpSettings settings, Message message)
    {
        MimeMessage letter = new()
        {
            Subject = message.Title,
            Body = new TextPart("plain") { Text = message.Text },
            MessageId = $"{message.Id}@tillkeeper",
        };
        letter.From.Add(MailboxAddress.Parse(settings.From));
        letter.To.Add(MailboxAddress.Parse(message.To));
        // RFC 3834: nobody's absence notice answers it.
        letter.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return letter;
    }
}
