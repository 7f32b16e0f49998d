using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Tillkeeper.Core;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Terminals.Door;

/// <summary>
/// <c>GET /terminal/v1/orders</c>: orders as server-sent events with resume (WHATWG HTML 9.2), or a JSON long poll for small firmware.
/// </summary>
internal static class OrderStreamEndpoint
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(60);

    internal sealed record Poll(IReadOnlyList<SignedOrder> Orders, long LastOrder);

    public static void MapOrderStream(this IEndpointRouteBuilder app) =>
        app.MapGet("/terminal/v1/orders", Get).NeedsTerminal();

    private static async Task Get(
        HttpContext context,
        TerminalIdentity terminal,
        OrderBook book,
        States states,
        Tail tail,
        Presence presence,
        IHostApplicationLifetime host
    )
    {
        // A server that stops ends its streams itself, or it would wait for terminals that have no reason to hang up.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            host.ApplicationStopping
        );
        var json = context
            .Request.Headers.Accept.ToString()
            .Contains("application/json", StringComparison.Ordinal);
        var session = new Session(context, terminal, book, states, tail, presence, over.Token);
        await (json ? session.Poll() : session.Stream());
    }

    private sealed class Session(
        HttpContext context,
        TerminalIdentity terminal,
        OrderBook book,
        States states,
        Tail tail,
        Presence presence,
        CancellationToken gone
    )
    {
        public async Task Poll()
        {
            var query = context.Request.Query;
            var after = Number(query["after"]);
            if (
                !IsoDurationJson.TryParse(
                    query["wait"].ToString() is { Length: > 0 } w ? w : "PT0S",
                    out var wait
                )
            )
            {
                await Problems
                    .Of(Refusal.Invalid("wait", "Use a duration such as PT30S."))
                    .ExecuteAsync(context);
                return;
            }
            presence.Saw(terminal.Id, terminal.Source);
            using var listener = tail.Listen(TerminalStreams.Kind.NameOf(terminal.Id));
            var began = Stopwatch.GetTimestamp();
            var most = wait < LongestPoll ? wait : LongestPoll;
            while (Current() is { } state)
            {
                var orders = book.After(terminal.Id, terminal.Epoch, after);
                var left = most - Stopwatch.GetElapsedTime(began);
                if (orders.Count > 0 || left <= TimeSpan.Zero || gone.IsCancellationRequested)
                {
                    await Results.Json(new Poll(orders, state.LastOrder)).ExecuteAsync(context);
                    return;
                }
                // Whatever else happens to the terminal wakes this too; it goes on waiting then.
                try
                {
                    await listener.Wait(left, gone);
                }
                catch (OperationCanceledException) when (gone.IsCancellationRequested)
                {
                    // Answered with what there is.
                }
            }
            await Problems
                .Of(
                    new Refusal(
                        RefusalKind.Unauthenticated,
                        "terminal_revoked",
                        "This identity has ended; the terminal must enrol again."
                    )
                )
                .ExecuteAsync(context);
        }

        public async Task Stream()
        {
            var last = Number(context.Request.Headers["Last-Event-ID"]);
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            using var connected = presence.Connect(terminal.Id, terminal.Source);
            Meters.OrderStreams.Add(1);
            try
            {
                using var listener = tail.Listen(TerminalStreams.Kind.NameOf(terminal.Id));
                await Hello();
                // Revocation and a new epoch end the stream: the terminal has no business here any more.
                while (!gone.IsCancellationRequested && Current() is not null)
                {
                    var orders = book.After(terminal.Id, terminal.Epoch, last);
                    foreach (var order in orders)
                    {
                        Write(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"id: {order.Number}\nevent: order\ndata: {order.Jws}\n\n"
                            )
                        );
                        last = order.Number;
                    }
                    if (orders.Count > 0)
                    {
                        await Flush();
                    }
                    else if (!await listener.Wait(PingEvery, gone))
                    {
                        presence.Saw(terminal.Id, terminal.Source);
                        Write("event: ping\ndata: {}\n\n");
                        await Flush();
                    }
                }
            }
            catch (OperationCanceledException) when (gone.IsCancellationRequested)
            {
                // The terminal hung up, or the server stops; it resumes with the number of its last order.
            }
            finally
            {
                Meters.OrderStreams.Add(-1);
            }
        }

        private TerminalState? Current() =>
            states.Find(TerminalStreams.Kind, terminal.Id) is { Revoked: false } state
            && state.Epoch == terminal.Epoch
                ? state
                : null;

        private async Task Hello()
        {
            var state = states.Find(TerminalStreams.Kind, terminal.Id)!;
            var hello = JsonSerializer.Serialize(
                new
                {
                    terminal = state.Id,
                    epoch = state.Epoch,
                    acknowledged = new { seq = state.ReportedSeq, hash = state.ReportedHash },
                    lastOrder = state.LastOrder,
                }
            );
            Write($"event: hello\ndata: {hello}\n\n");
            await Flush();
        }

        private void Write(string text)
        {
            var writer = context.Response.BodyWriter;
            var length = Encoding.UTF8.GetBytes(
                text,
                writer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))
            );
            writer.Advance(length);
        }

        private async Task Flush()
        {
            var flushed = await context.Response.BodyWriter.FlushAsync(gone);
            if (flushed.IsCompleted)
            {
                throw new OperationCanceledException(gone);
            }
        }

        private static long Number(string? text) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : 0;
    }
}
