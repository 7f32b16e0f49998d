using System.Globalization;
using System.Text;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.House;

/// <summary>Writes <c>docs/reference/locks.md</c> from the table that the programs run on.</summary>
internal static class LocksReference
{
    public static string Write()
    {
        var text = new StringBuilder();
        text.AppendLine("# Locks");
        text.AppendLine();
        text.AppendLine(
            "Generated from `src/Tillkeeper.Core/Locks/LockTable.cs`; do not edit by hand. An order or a policy may narrow a lock, never widen it."
        );
        Causes(text);
        Transitions(text);
        Ends(text);
        return text.ToString();
    }

    private static void Causes(StringBuilder text)
    {
        Head(
            text,
            "Causes",
            "code",
            "cause",
            "severity",
            "blocks",
            "ways out",
            "people",
            "begins",
            "by hand"
        );
        foreach (var rule in LockTable.All)
        {
            Row(
                text,
                rule.Code,
                Word(rule.Cause),
                Words.Of(rule.Severity),
                Scope(rule.Scope),
                All(rule.WaysOut),
                rule.People.ToString(CultureInfo.InvariantCulture),
                rule.AtOnce ? "at once" : "between transactions",
                LockOrders.ByHand.Contains(rule.Cause) ? "yes" : ""
            );
        }
        text.AppendLine();
        text.AppendLine(
            "*People*: how many different people a release by the provider needs. *By hand*: a person may order such a lock. A lock on one operator blocks `sign_in` of that operator alone."
        );
    }

    private static void Transitions(StringBuilder text)
    {
        var happenings = Enum.GetValues<LockTable.Happening>();
        Head(
            text,
            "How the server sees a lock move",
            ["status", .. happenings.Select(h => Words.Of(h))]
        );
        foreach (var status in Enum.GetValues<LockStatus>())
        {
            string[] next = [.. happenings.Select(h => Next(status, h))];
            Row(text, [Word(status), .. next]);
        }
        text.AppendLine();
        text.AppendLine(
            "A dash: nothing changes. Whatever is not in the table does not happen, so nothing unexpected ever unlocks."
        );
    }

    private static void Ends(StringBuilder text)
    {
        Head(text, "Ways out", "way out", "ends locks of", "by a release order");
        foreach (var way in Enum.GetValues<WayOut>())
        {
            var causes = LockTable.All.Where(r => r.WaysOut.Contains(way)).ToArray();
            Row(
                text,
                Word(way),
                causes.Length == 0 ? "none yet" : string.Join(", ", causes.Select(r => r.Code)),
                causes.Any(r => LockTable.CanRelease(r.Cause, way)) ? "yes" : ""
            );
        }
        text.AppendLine();
        text.AppendLine(
            "No order ends a lock of `tamper` (E05): once repaired, the terminal enrols again, and its new enrolment leaves the lock behind. `password_reset` has an order of its own, `passcode_reset`."
        );
    }

    private static string Next(LockStatus status, LockTable.Happening happening) =>
        LockTable.Next(status, happening) switch
        {
            null => "ended",
            { } same when same == status => "-",
            { } next => Word(next),
        };

    private static string Scope(EnumSet<Capability> scope)
    {
        var allowed = Enum.GetValues<Capability>().Where(c => !scope.Contains(c)).ToArray();
        if (scope.IsEmpty)
        {
            return "what the fault report names";
        }
        return allowed.Length <= 2
            ? "all but " + string.Join(", ", allowed.Select(c => Word(c)))
            : All(scope);
    }

    private static string All<T>(EnumSet<T> set)
        where T : struct, Enum => string.Join(", ", set.Select(Word));

    private static string Word<T>(T value)
        where T : struct, Enum => $"`{Words.Of(value)}`";

    private static void Head(StringBuilder text, string title, params string[] columns)
    {
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"## {title}");
        text.AppendLine();
        Row(text, columns);
        Row(text, [.. columns.Select(_ => "---")]);
    }

    private static void Row(StringBuilder text, params string[] cells) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |");
}
