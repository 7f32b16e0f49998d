using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Investigations;

/// <summary>Tells the provider of actions whose day is over.</summary>
internal sealed class InvestigationClock : ITimerHandler
{
    public string Kind => InvestigationStreams.Timer;

    public void Fire(Work work, string key)
    {
        var decision = work.Decide(
            InvestigationStreams.Kind,
            key,
            key,
            s => InvestigationDecisions.LetPass(s, work.Now)
        );
        foreach (var overdue in decision.Events.OfType<ActionOverdue>())
        {
            var number = overdue.Action.ToString(CultureInfo.InvariantCulture);
            Alerts.Raise(
                work,
                new NewAlert(
                    "investigation_action_overdue",
                    KeyOf(key, overdue.Action),
                    Severity.Medium,
                    work.Load(InvestigationStreams.Kind, key).Opened!.Place,
                    Facts: new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["investigation"] = key,
                        ["action"] = number,
                    }
                )
            );
        }
    }

    /// <summary>Of the alert about one action; whoever does the action late clears it.</summary>
    public static string KeyOf(string id, int action) =>
        string.Create(CultureInfo.InvariantCulture, $"investigation_action_overdue/{id}/{action}");
}
