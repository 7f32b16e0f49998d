using Tillkeeper.Core;

namespace Tillkeeper.Server.Crisis;

/// <summary>What people may decide in a crisis. Stopping and undoing take two different people; the first one's word is recorded.</summary>
internal static class CrisisDecisions
{
    public static Decision<ICrisisEvent> Stop(CrisisState crisis, string person, string reason)
    {
        if (crisis.Rule is null)
        {
            return Refusal.Conflict(
                "nothing_to_stop",
                "An order to many is given once; there is nothing that goes on locking."
            );
        }
        if (crisis.Status != CrisisStatus.Open)
        {
            return Refusal.Conflict("already_stopped", "The rule only records since then.");
        }
        return crisis.Stop is { } first && first.Person != person
            ? new RuleStopped([first.Person, person], reason)
            : Second(crisis.Stop, new StopRequested(person, reason));
    }

    public static Decision<ICrisisEvent> Undo(
        CrisisState crisis,
        string person,
        string reason,
        DateTimeOffset now
    )
    {
        switch (crisis.Status)
        {
            case CrisisStatus.Open:
                return Refusal.Conflict(
                    "not_stopped",
                    "Stop the rule first, or it locks again what is released."
                );
            case CrisisStatus.Undoing or CrisisStatus.Undone:
                return Refusal.Conflict("already_undone", "Two people have decided that already.");
            case CrisisStatus.Closed:
                return Refusal.Conflict("crisis_closed", "This crisis is closed.");
        }
        return crisis.Undo is { } first && first.Person != person
            ? new UndoOrdered([first.Person, person], reason, now)
            : Second(crisis.Undo, new UndoRequested(person, reason));
    }

    public static Decision<ICrisisEvent> Close(
        CrisisState crisis,
        string person,
        string reason,
        DateTimeOffset now
    ) =>
        crisis.Status switch
        {
            CrisisStatus.Closed => Refusal.Conflict("crisis_closed", "This crisis is closed."),
            CrisisStatus.Undoing => Refusal.Conflict(
                "undoing",
                "Its locks are being released; close it when that is done."
            ),
            _ => new CrisisClosed(person, reason, now),
        };

    public static Decision<ICrisisEvent> Tell(CrisisState crisis, string person, string text) =>
        crisis.Status == CrisisStatus.Closed
            ? Refusal.Conflict("crisis_closed", "This crisis is closed.")
            : new MessageSet(person, text);

    private static Decision<ICrisisEvent> Second(Asked? asked, ICrisisEvent request)
    {
        var needed = Refusal.Conflict(
            "second_person_required",
            "The request is recorded; a second person with the right to settle crises must ask for it too."
        );
        return asked is null ? new Decision<ICrisisEvent>([request], needed) : needed;
    }
}
