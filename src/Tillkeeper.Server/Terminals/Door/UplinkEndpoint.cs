using System.Text;
using System.Text.Json;
using Tillkeeper.Core;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Repairs;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Versions;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Terminals.Door;

/// <summary><c>POST /terminal/v1/events</c>: a terminal's own events, idempotent by its own numbers and hash chain.</summary>
internal static class UplinkEndpoint
{
    private const int MostEvents = 512;
    private const int LongestWord = 64;

    internal sealed record EventBody(
        long Seq,
        string? Prev,
        string? Type,
        string? At,
        JsonElement Data
    );

    internal sealed record UplinkBody(IReadOnlyList<EventBody>? Events);

    public static void MapUplink(this IEndpointRouteBuilder app) =>
        app.MapPost("/terminal/v1/events", Take).NeedsTerminal();

    private static async Task<IResult> Take(
        UplinkBody body,
        TerminalIdentity terminal,
        Appender appender,
        ReportedHashes hashes,
        MinimumVersion versions,
        Presence presence
    )
    {
        presence.Saw(terminal.Id, terminal.Source);
        if (
            body.Events is not { Count: > 0 and <= MostEvents } sent
            || sent.Any(e => !IsWellFormed(e))
        )
        {
            return Problems.Of(
                Refusal.Invalid(
                    "events",
                    $"Send 1 to {MostEvents} events, each with seq, prev, type, at and data; text is Unicode."
                )
            );
        }
        // Hashed and read here, on the request's own thread: the appender's is everybody's.
        List<TerminalReported> events = [.. sent.Select(ToEvent)];
        var known = hashes.From(terminal.Id, events.Min(e => e.Seq));
        var (acknowledged, refusal) = await appender.Run(
            terminal.Act,
            work =>
            {
                var answer = Decide(work, terminal, events, known);
                if (answer.Refusal is null)
                {
                    versions.Observe(work, terminal.Id, events);
                }
                return answer;
            }
        );
        return refusal switch
        {
            null => Results.Json(new { acknowledged }),
            { Code: "gap" } => Problems.Of(
                refusal,
                ("expected", acknowledged + 1),
                ("acknowledged", acknowledged)
            ),
            _ => Problems.Of(refusal, ("acknowledged", acknowledged)),
        };
    }

    internal static (long Acknowledged, Refusal? Refusal) Decide(
        Work work,
        TerminalIdentity terminal,
        IReadOnlyList<TerminalReported> events,
        IReadOnlyDictionary<long, string> known
    )
    {
        var id = terminal.Id;
        var before = work.Load(TerminalStreams.Kind, id);
        if (before.Epoch != terminal.Epoch || before.Revoked)
        {
            return (0, Refusal.Forbidden("This identity is over; enrol again.", "epoch_over"));
        }
        var report = new Report(
            events,
            seq => seq == before.ReportedSeq ? before.ReportedHash : known.GetValueOrDefault(seq),
            Ids.New()
        );
        var decision = work.Decide(
            TerminalStreams.Kind,
            id,
            id,
            s => TerminalDecisions.Decide(s, report, work.Now)
        );
        Observe(work, id, decision);
        var after = work.Load(TerminalStreams.Kind, id);
        Campaigns.Rollouts.Observe(work, id, before.Update, after.Update);
        RepairObserver.Observe(work, id, decision.Events);
        TerminalAlerts.Observe(work, id, decision.Events);
        return (after.ReportedSeq, decision.Refusal);
    }

    private static void Observe(Work work, string id, Decision<ITerminalEvent> decision)
    {
        List<object>? ofInterest = null;
        foreach (var happened in decision.Events)
        {
            if (
                happened is TerminalReported
                {
                    Said: (LockEnded or PasscodeSet or OperatorSignedIn) and var said
                }
            )
            {
                (ofInterest ??= []).Add(said);
            }
        }
        if (ofInterest is not null)
        {
            CaseObserver.Observe(work, id, ofInterest);
        }
    }

    private static bool IsWellFormed(EventBody e) =>
        e
            is {
                Seq: > 0,
                Prev.Length: JournalHashLength,
                Type.Length: > 0 and <= LongestWord,
                At.Length: > 0 and <= LongestWord
            }
        && e.Data.ValueKind == JsonValueKind.Object
        && IsUnicode(e.Data);

    /// <summary>
    /// Half a surrogate pair, written as an escape, is JSON by its grammar but no text (RFC 8259, 8.2): nobody could ever show it, and the
    /// log could not hold it.
    /// </summary>
    private static bool IsUnicode(JsonElement data)
    {
        if (!data.GetRawText().Contains("\\u", StringComparison.Ordinal))
        {
            return true;
        }
        try
        {
            JsonSerializer.SerializeToUtf8Bytes(data);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private const int JournalHashLength = 64;

    private static TerminalReported ToEvent(EventBody e)
    {
        var data = Encoding.UTF8.GetBytes(e.Data.GetRawText());
        return new TerminalReported(
            e.Seq,
            e.Prev!,
            JournalChain.Hash(e.Prev!, e.Seq, e.Type!, e.At!, data),
            e.Type!,
            e.At!,
            e.Data
        );
    }
}
