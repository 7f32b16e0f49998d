using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Complaints;

/// <summary>Takes a complaint one level up when nobody has answered in time, and tells the provider so.</summary>
internal sealed class ComplaintClock : ITimerHandler
{
    public string Kind => ComplaintStreams.Timer;

    public void Fire(Work work, string key)
    {
        var decision = work.Decide(
            ComplaintStreams.Kind,
            key,
            key,
            s => ComplaintDecisions.LetPass(s, work.Now)
        );
        foreach (var escalated in decision.Events.OfType<ComplaintEscalated>())
        {
            Alerts.Raise(work, Overdue(work.Load(ComplaintStreams.Kind, key), escalated));
        }
    }

    private static NewAlert Overdue(ComplaintState state, ComplaintEscalated escalated) =>
        new(
            "complaint_overdue",
            $"complaint_overdue/{state.Opened!.Complaint}/{Words.Of(escalated.To)}",
            escalated.To >= ComplaintLevel.Hotline ? Severity.High : Severity.Medium,
            state.Opened.Place,
            state.Opened.Terminal,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["complaint"] = state.Opened.Complaint,
                ["level"] = Words.Of(escalated.To),
            }
        );
}
