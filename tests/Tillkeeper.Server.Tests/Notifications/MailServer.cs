using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Tillkeeper.Server.Tests.Notifications;

/// <summary>A letter as a mail server takes it.</summary>
internal sealed record TakenLetter(string From, string To, string? User, MimeMessage Message)
{
    public string Text => ((TextPart)Message.Body!).Text.Trim();
}

/// <summary>A small real mail server on loopback (RFC 5321, AUTH PLAIN of RFC 4954).</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public MailServer()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public ConcurrentQueue<TakenLetter> Taken { get; } = [];

    /// <summary>The answer to a recipient; by default it is taken.</summary>
    public Func<string, string> Answer { get; set; } = _ => "250 OK";

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async Task<TakenLetter[]> WaitFor(int letters)
    {
        for (var i = 0; i < 400 && Taken.Count < letters; i++)
        {
            await Task.Delay(25);
        }
        Assert.True(Taken.Count >= letters, $"{Taken.Count} of {letters} letters came");
        return [.. Taken];
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var own = client;
        await using var stream = client.GetStream();
        using StreamReader reader = new(stream, Encoding.UTF8);
        await using StreamWriter writer = new(stream, new UTF8Encoding(false))
        {
            NewLine = "\r\n",
            AutoFlush = true,
        };
        var (from, to, user) = ("", "", (string?)null);
        try
        {
            await writer.WriteLineAsync("220 test");
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                switch (line[..Math.Min(4, line.Length)].ToUpperInvariant())
                {
                    case "EHLO":
                        await writer.WriteLineAsync("250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN");
                        break;
                    case "AUTH":
                        var said = Encoding.UTF8.GetString(
                            Convert.FromBase64String(line["AUTH PLAIN ".Length..])
                        );
                        user = said[1..].Replace('\0', ':');
                        await writer.WriteLineAsync("235 OK");
                        break;
                    case "MAIL":
                        from = AddressIn(line);
                        await writer.WriteLineAsync("250 OK");
                        break;
                    case "RCPT":
                        to = AddressIn(line);
                        await writer.WriteLineAsync(Answer(to));
                        break;
                    case "DATA":
                        await writer.WriteLineAsync("354 go on");
                        var message = await ReadAsync(reader);
                        Taken.Enqueue(new TakenLetter(from, to, user, message));
                        await writer.WriteLineAsync("250 OK");
                        break;
                    case "QUIT":
                        await writer.WriteLineAsync("221 bye");
                        return;
                    default:
                        await writer.WriteLineAsync("250 OK");
                        break;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client or the test has gone; what it had said so far is no letter.
            return;
        }
    }

    private async Task<MimeMessage> ReadAsync(StreamReader reader)
    {
        StringBuilder text = new();
        while (await reader.ReadLineAsync(stop.Token) is { } line && line != ".")
        {
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }
        using MemoryStream bytes = new(Encoding.UTF8.GetBytes(text.ToString()));
        return await MimeMessage.LoadAsync(bytes, stop.Token);
    }

    private static string AddressIn(string line) =>
        line[
            (line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf(
                '>',
                StringComparison.Ordinal
            )
        ];
}
