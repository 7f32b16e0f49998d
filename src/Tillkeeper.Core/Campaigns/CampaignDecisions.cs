using System.Collections.Immutable;

namespace Tillkeeper.Core.Campaigns;

/// <summary>Something asked of a campaign.</summary>
public interface ICampaignCommand;

/// <param name="Created">What it is.</param>
/// <param name="Groups">The terminals of each group.</param>
public sealed record CreateCampaign(
    CampaignCreated Created,
    IReadOnlyList<ImmutableArray<string>> Groups
) : ICampaignCommand;

/// <param name="Reason">Why, in a person's words.</param>
public sealed record PauseCampaign(string Person, string Reason) : ICampaignCommand;

/// <summary>Goes on; or, with a proposed one, the second person agrees.</summary>
public sealed record ResumeCampaign(string Person, string Reason) : ICampaignCommand;

public sealed record StopCampaign(string Person, string Reason) : ICampaignCommand;

/// <summary>Terminals got on.</summary>
public sealed record MoveTerminals(ImmutableArray<CampaignMoved> Moves) : ICampaignCommand;

/// <summary>How a rollout goes from group to group, and when it pauses itself: pure, one entry.</summary>
public static class CampaignDecisions
{
    public const string TooManyErrors = "too_many_errors";
    public const string TooFewSuccesses = "too_few_successes";

    /// <summary>Terminals named in one event: bounds a row of the log.</summary>
    private const int InOneEvent = 500;

    public static Decision<ICampaignEvent> Decide(CampaignState state, ICampaignCommand command) =>
        command switch
        {
            CreateCampaign c => Create(c),
            _ when !state.Exists => Refusal.NotFound("campaign"),
            PauseCampaign c => state.Status == CampaignStatus.Running
                ? new CampaignPaused(c.Reason, c.Person)
                : NotNow(state),
            ResumeCampaign c => Resume(state, c),
            StopCampaign c => state.Status
                is CampaignStatus.Proposed
                    or CampaignStatus.Running
                    or CampaignStatus.Paused
                ? new CampaignStopped(c.Person, c.Reason)
                : NotNow(state),
            MoveTerminals c => Move(state, c),
            _ => throw new InvalidOperationException(
                $"No decision is known for {command.GetType().Name}."
            ),
        };

    private static Decision<ICampaignEvent> Create(CreateCampaign command)
    {
        List<ICampaignEvent> events = [];
        var folded = events.Add(CampaignState.Empty, command.Created);
        for (var group = 0; group < command.Groups.Count; group++)
        {
            foreach (var some in command.Groups[group].Chunk(InOneEvent))
            {
                folded = events.Add(folded, new CampaignPlanned(group, [.. some]));
            }
        }
        if (folded.Status == CampaignStatus.Running)
        {
            Advance(events, folded);
            return events;
        }
        return new([.. events], SecondPerson);
    }

    private static Decision<ICampaignEvent> Resume(CampaignState state, ResumeCampaign command)
    {
        if (state.Status == CampaignStatus.Proposed)
        {
            if (command.Person == state.CreatedBy)
            {
                return SecondPerson;
            }
            List<ICampaignEvent> agreed = [];
            Advance(
                agreed,
                agreed.Add(state, new CampaignApproved(command.Person, command.Reason))
            );
            return agreed;
        }
        if (state.Status != CampaignStatus.Paused)
        {
            return NotNow(state);
        }
        List<ICampaignEvent> events = [];
        var folded = events.Add(state, new CampaignResumed(command.Person, command.Reason));
        Advance(events, folded, evenIfMissed: true);
        return events;
    }

    private static Decision<ICampaignEvent> Move(CampaignState state, MoveTerminals command)
    {
        List<ICampaignEvent> events = [];
        var folded = command.Moves.Aggregate(state, (s, move) => events.Add(s, move));
        if (folded.Status == CampaignStatus.Running)
        {
            Advance(events, folded);
        }
        return events;
    }

    /// <summary>Starts the next group, pauses, or finds that all is over.</summary>
    private static void Advance(
        List<ICampaignEvent> events,
        CampaignState state,
        bool evenIfMissed = false
    )
    {
        var folded = state;
        if (folded.Groups.Exists(g => g.Started && g.HasFailed))
        {
            events.Add(new CampaignPaused(TooManyErrors));
            return;
        }
        while (folded.Groups.FindIndex(g => !g.Started) is var next and >= 0)
        {
            if (next > 0 && folded.Groups[next - 1] is var before && !before.HasSucceeded)
            {
                if (!before.IsOver)
                {
                    return;
                }
                if (!evenIfMissed)
                {
                    events.Add(new CampaignPaused(TooFewSuccesses));
                    return;
                }
            }
            folded = events.Add(folded, new GroupStarted(next));
        }
        if (folded.Groups.TrueForAll(g => g.IsOver))
        {
            events.Add(new CampaignFinished());
        }
    }

    private static CampaignState Add(
        this List<ICampaignEvent> events,
        CampaignState state,
        ICampaignEvent happened
    )
    {
        events.Add(happened);
        return CampaignState.Apply(state, happened);
    }

    private static Refusal SecondPerson { get; } =
        Refusal.Conflict(
            "second_person_required",
            "Versions go back only when two people order it: the campaign is recorded; another person must resume it."
        );

    private static Refusal NotNow(CampaignState state) =>
        Refusal.Conflict(
            "not_now",
            $"The campaign is {Serialization.Words.Of(state.Status)}; this is not possible now."
        );
}
