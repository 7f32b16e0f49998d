using System.Globalization;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Crisis;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Notifications;

/// <summary>Which events of the log somebody is told of: the whole table. What is not listed is not told.</summary>
internal static class Happenings
{
    public static Happening? Of(string stream, string type, DateTimeOffset at, byte[] data)
    {
        var cut = stream.IndexOf('/', StringComparison.Ordinal);
        var id = stream[(cut + 1)..];
        return stream[..cut] switch
        {
            "terminal" => OfTerminal(id, at, TerminalStreams.Kind.Catalogue.Read(type, data)),
            "case" => OfCase(id, at, CaseStreams.Kind.Catalogue.Read(type, data)),
            "alert" => OfAlert(id, at, AlertStreams.Kind.Catalogue.Read(type, data)),
            "crisis" => OfCrisis(id, at, CrisisStreams.Kind.Catalogue.Read(type, data)),
            _ => null,
        };
    }

    /// <summary>The terminal's own word is what counts: what is only ordered is not told as done.</summary>
    private static Happening? OfTerminal(string id, DateTimeOffset at, object happened) =>
        happened switch
        {
            // The cashier's own lock is nobody else's news.
            TerminalReported { Said: LockBegun { Lock.Cause: Cause.Away } } => null,
            TerminalReported { Said: LockBegun e } => new(
                e.Lock.Cause == Cause.Tamper
                    ? NotificationKind.TamperFound
                    : NotificationKind.LockBegun,
                LockOf(e.Lock.Id),
                at
            )
            {
                Terminal = id,
                Lock = e.Lock,
            },
            TerminalReported { Said: LockEnded e } => new(
                NotificationKind.LockEnded,
                LockOf(e.LockId),
                at
            )
            {
                Terminal = id,
            },
            ServerLockRevised { Revision.ExpectedEnd: { } end } e => new(
                NotificationKind.EstimateRevised,
                LockOf(e.LockId),
                at
            )
            {
                Terminal = id,
                Expected = end,
            },
            _ => null,
        };

    private static Happening? OfCase(string id, DateTimeOffset at, object happened)
    {
        NotificationKind? kind = happened switch
        {
            CaseOpened => NotificationKind.CaseOpened,
            CaseDecided { Outcome: CaseOutcome.Approve } => NotificationKind.CaseApproved,
            CaseDecided => NotificationKind.CaseRefused,
            _ => null,
        };
        return kind is { } known
            ? new Happening(known, $"case/{id}", at)
            {
                Case = id,
                Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["case"] = id },
            }
            : null;
    }

    private static Happening? OfAlert(string id, DateTimeOffset at, object happened) =>
        happened is AlertOverdue
            ? new Happening(NotificationKind.PromiseMissed, $"alert/{id}", at)
            {
                Alert = id,
                Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["alert"] = id },
            }
            : null;

    private static Happening? OfCrisis(string id, DateTimeOffset at, object happened) =>
        happened is CrisisOpened e
            ? new Happening(NotificationKind.CrisisOpened, $"crisis/{id}", at)
            {
                Facts = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["crisis"] = id,
                    ["locked"] = e.Locked.ToString(CultureInfo.InvariantCulture),
                    ["fleet"] = e.Fleet.ToString(CultureInfo.InvariantCulture),
                },
            }
            : null;

    /// <summary>An id that a terminal gave is at most as long as ours.</summary>
    private static string LockOf(string id) => $"lock/{ReportedText.Short(id)}";
}
