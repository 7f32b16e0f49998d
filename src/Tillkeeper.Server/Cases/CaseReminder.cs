using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Cases;

/// <summary>Tells a case that waits: on its timeline at half its time, as an alert once it is overdue.</summary>
internal sealed class CaseReminder : ITimerHandler
{
    public string Kind => CaseStreams.Timer;

    public void Fire(Work work, string key)
    {
        var state = work.Load(CaseStreams.Kind, key);
        var told = work.Decide(
            CaseStreams.Kind,
            key,
            state.Terminal,
            s => CaseDecisions.Decide(s, new RemindCase(), work.Now)
        );
        if (!told.Events.OfType<CaseReminded>().Any(e => e.Overdue))
        {
            return;
        }
        Alerts.Raise(
            work,
            new NewAlert(
                "case_overdue",
                KeyOf(key),
                LockTable.Of(state.Cause).Severity,
                (string?)work.Views.Scalar("SELECT place FROM cases WHERE id = $1", key) ?? "/",
                state.Terminal,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["case"] = key,
                    ["number"] = state.Number ?? key,
                    ["terminal"] = state.Terminal,
                }
            )
        );
    }

    /// <summary>Ends the alert of a case that this command has settled.</summary>
    public static void Settled(Work work, string caseId)
    {
        if (work.Load(CaseStreams.Kind, caseId) is { IsUnsettled: false, Overdue: true })
        {
            Alerts.Clear(work, KeyOf(caseId));
        }
    }

    private static string KeyOf(string caseId) => $"case_overdue/{caseId}";
}
