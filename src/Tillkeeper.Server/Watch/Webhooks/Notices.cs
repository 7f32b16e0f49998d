using System.Text.Json.Nodes;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Crisis;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Watch.Webhooks;

/// <summary>
/// Which events of the log others are told, and what of each: the whole table. What is not listed is not told; free texts of people never
/// are.
/// </summary>
internal static class Notices
{
    /// <summary>Every name that a webhook can ask for.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        "terminal.registered",
        "terminal.enrolled",
        "terminal.revoked",
        "terminal.forked",
        "terminal.online",
        "terminal.offline",
        "lock.ordered",
        "lock.begun",
        "lock.ended",
        "release.ordered",
        "order.refused",
        "rule.found",
        "rule.cleared",
        "case.opened",
        "case.decided",
        "case.closed",
        "alert.opened",
        "alert.overdue",
        "alert.gone",
        "alert.settled",
        "crisis.opened",
        "crisis.stopped",
        "crisis.undoing",
        "crisis.undone",
        "crisis.closed",
    ];

    private static readonly Dictionary<
        string,
        Func<string, string, byte[], IEnumerable<Notice>>
    > Readers = new(StringComparer.Ordinal)
    {
        ["terminal"] = (id, type, data) =>
            One(OfTerminal(id, TerminalStreams.Kind.Catalogue.Read(type, data))),
        ["case"] = (id, type, data) => One(OfCase(id, CaseStreams.Kind.Catalogue.Read(type, data))),
        ["alert"] = (id, type, data) =>
            One(OfAlert(id, AlertStreams.Kind.Catalogue.Read(type, data))),
        ["crisis"] = (id, type, data) =>
            One(OfCrisis(id, CrisisStreams.Kind.Catalogue.Read(type, data))),
        ["presence"] = (_, type, data) =>
            OfPresence(PresenceStreams.Kind.Catalogue.Read(type, data)),
    };

    /// <summary>What an event of the log tells others: nothing, one thing, or, for a batch, several.</summary>
    public static IEnumerable<Notice> Of(string stream, string type, byte[] data)
    {
        var cut = stream.IndexOf('/', StringComparison.Ordinal);
        return Readers.TryGetValue(stream[..cut], out var read)
            ? read(stream[(cut + 1)..], type, data)
            : [];
    }

    private static Notice? OfTerminal(string id, object happened)
    {
        var subject = $"terminal/{id}";
        Notice About(string type, params ReadOnlySpan<(string, JsonNode?)> data) =>
            new(type, subject, Json([("terminalId", id), .. data]));
        return happened switch
        {
            TerminalRegistered e => About("terminal.registered", ("model", e.Profile.Model)),
            TerminalEnrolled e => About("terminal.enrolled", ("epoch", e.Epoch)),
            TerminalRevoked => About("terminal.revoked"),
            ForkFound => About("terminal.forked"),
            LockOrdered e => About("lock.ordered", [.. Of(e.Lock), ("batchId", e.BatchId)]),
            ReleaseOrdered e => About(
                "release.ordered",
                ("lockId", e.LockId),
                ("wayOut", Words.Of(e.WayOut))
            ),
            RuleFoundHere e => About(
                "rule.found",
                ("rule", Words.Of(e.Rule)),
                ("effect", Words.Of(e.Effect)),
                ("part", e.Part),
                ("lockId", e.LockId)
            ),
            RuleClearedHere e => About(
                "rule.cleared",
                ("rule", Words.Of(e.Rule)),
                ("part", e.Part)
            ),
            TerminalReported { Said: LockBegun e } => About("lock.begun", [.. Of(e.Lock)]),
            TerminalReported { Said: LockEnded e } => About(
                "lock.ended",
                ("lockId", e.LockId),
                ("wayOut", Words.Of(e.WayOut))
            ),
            TerminalReported { Said: OrderRefused e } => About(
                "order.refused",
                ("number", e.Number),
                ("kind", ReportedText.Short(e.Kind)),
                ("reason", ReportedText.Short(e.Code))
            ),
            TerminalReported { Said: RuleFound e } => About(
                "rule.found",
                ("rule", Words.Of(e.Rule)),
                ("effect", Words.Of(e.Effect)),
                ("part", ReportedText.Short(e.Part)),
                ("lockId", ReportedText.Short(e.LockId))
            ),
            TerminalReported { Said: RuleCleared e } => About(
                "rule.cleared",
                ("rule", Words.Of(e.Rule)),
                ("part", ReportedText.Short(e.Part))
            ),
            _ => null,
        };
    }

    private static (string, JsonNode?)[] Of(Lock l) =>
        [
            ("lockId", ReportedText.Short(l.Id)),
            ("code", l.Code),
            ("cause", Words.Of(l.Cause)),
            ("severity", Words.Of(l.Severity)),
            ("subject", l.Subject.IsTerminal ? "terminal" : "operator"),
            ("scope", new JsonArray([.. l.Scope.Select(c => (JsonNode)Words.Of(c))])),
            ("owner", Words.Of(l.Owner)),
            ("since", UtcTimeJson.Write(l.Since)),
            ("expectedEnd", l.ExpectedEnd is { } end ? UtcTimeJson.Write(end) : null),
        ];

    private static Notice? OfCase(string id, object happened)
    {
        Notice About(string type, params ReadOnlySpan<(string, JsonNode?)> data) =>
            new(type, $"case/{id}", Json([("caseId", id), .. data]));
        return happened switch
        {
            CaseOpened e => About(
                "case.opened",
                ("terminalId", e.Terminal),
                ("lockId", e.LockId),
                ("cause", Words.Of(e.Cause)),
                ("wayOut", Words.Of(e.WayOut))
            ),
            CaseDecided e => About("case.decided", ("outcome", Words.Of(e.Outcome))),
            CaseClosed e => About("case.closed", ("result", e.Result)),
            _ => null,
        };
    }

    private static Notice? OfAlert(string id, object happened)
    {
        Notice About(string type, params ReadOnlySpan<(string, JsonNode?)> data) =>
            new(type, $"alert/{id}", Json([("alertId", id), .. data]));
        return happened switch
        {
            AlertOpened e => About(
                "alert.opened",
                ("kind", e.Kind),
                ("severity", Words.Of(e.Severity)),
                ("terminalId", e.Terminal),
                ("due", e.Due is { } due ? UtcTimeJson.Write(due) : null)
            ),
            AlertOverdue => About("alert.overdue"),
            AlertGone => About("alert.gone"),
            AlertSettled => About("alert.settled"),
            _ => null,
        };
    }

    private static Notice? OfCrisis(string id, object happened)
    {
        Notice About(string type, params ReadOnlySpan<(string, JsonNode?)> data) =>
            new(type, $"crisis/{id}", Json([("crisisId", id), .. data]));
        return happened switch
        {
            CrisisOpened e => About(
                "crisis.opened",
                ("rule", e.Rule is { } rule ? Words.Of(rule) : null),
                ("batchId", e.Batch),
                ("locked", e.Locked),
                ("fleet", e.Fleet)
            ),
            RuleStopped => About("crisis.stopped"),
            UndoOrdered => About("crisis.undoing"),
            UndoFinished => About("crisis.undone"),
            CrisisClosed => About("crisis.closed"),
            _ => null,
        };
    }

    private static IEnumerable<Notice> OfPresence(object happened)
    {
        if (happened is not PresenceChanged e)
        {
            yield break;
        }
        foreach (var id in e.Online)
        {
            yield return new("terminal.online", $"terminal/{id}", Json([("terminalId", id)]));
        }
        foreach (var gone in e.Offline)
        {
            yield return new(
                "terminal.offline",
                $"terminal/{gone.Terminal}",
                Json([
                    ("terminalId", gone.Terminal),
                    ("lastSeenAt", UtcTimeJson.Write(gone.LastSeenAt)),
                ])
            );
        }
    }

    private static IEnumerable<Notice> One(Notice? notice) => notice is null ? [] : [notice];

    private static JsonObject Json(ReadOnlySpan<(string Name, JsonNode? Value)> fields)
    {
        JsonObject data = [];
        foreach (var (name, value) in fields)
        {
            if (value is not null)
            {
                data[name] = value;
            }
        }
        return data;
    }
}
