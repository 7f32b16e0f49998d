using System.Net;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Rules.Environments;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Environments;

/// <summary>
/// Judges where a terminal is (C6, C7), as one command: moves that arrive, what is learnt, then environment, place and travel. Only what
/// is new leaves an event.
/// </summary>
internal sealed class EnvironmentJudging(PolicyBook policies)
{
    /// <summary>An older position says where the terminal was.</summary>
    private static readonly TimeSpan FreshPosition = TimeSpan.FromMinutes(15);

    /// <summary>A terminal's clock may be ahead by as much.</summary>
    private static readonly TimeSpan ClockAhead = TimeSpan.FromMinutes(2);

    /// <summary>Without another impossible journey the episode is over.</summary>
    private static readonly TimeSpan CalmAfterJump = TimeSpan.FromHours(1);

    private readonly record struct Scene(
        Work Work,
        string Terminal,
        Policy Policy,
        Sighting Seen,
        Position? Position,
        Track Track
    );

    public void Look(Work work, string terminal, Sighting seen, Position? position, Track track)
    {
        var state = work.Load(TerminalStreams.Kind, terminal);
        if (!state.IsEnrolled)
        {
            return;
        }
        var scene = new Scene(
            work,
            terminal,
            policies.Of(work.Views, state),
            seen,
            Fresh(position, work.Now),
            track
        );
        Arrive(scene);
        JudgeEnvironment(scene);
        JudgeLocation(scene);
        JudgeTravel(scene);
        track.Position = scene.Position ?? track.Position;
        track.LookAt = Soonest(
            track.Environment?.LookAgain(scene.Policy.Environment.Dwell),
            track.Location?.LookAgain(scene.Policy.Location.Dwell)
        );
    }

    /// <summary>The first sighting at an announced place: registered place, networks and baseline follow (W9).</summary>
    private static void Arrive(Scene s)
    {
        var known = s.Work.Load(WhereaboutsStreams.Kind, s.Terminal);
        if (known.MoveAt(s.Work.Now) is not { } move || !IsThere(s, move))
        {
            return;
        }
        s.Work.Append(
            s.Terminal,
            new MoveArrived(move.Id, [.. s.Seen.Marks.Select(m => m.ToString())], s.Work.Now)
        );
        var state = s.Work.Load(TerminalStreams.Kind, s.Terminal);
        var changed = new ChangeTerminal(
            state.Profile! with
            {
                Location = move.Location ?? (move.Networks is null ? state.Profile.Location : null),
                Networks = move.Networks ?? [],
            }
        );
        s.Work.Decide(
            TerminalStreams.Kind,
            s.Terminal,
            s.Terminal,
            t => TerminalDecisions.Decide(t, changed, s.Work.Now)
        );
    }

    private static bool IsThere(Scene s, AnnouncedMove move) =>
        (move.Location is { } place && s.Position?.IsAt(place) == true)
        || (move.Networks is { } networks && s.Seen.IsIn(networks.Select(IPNetwork.Parse)));

    private static void JudgeEnvironment(Scene s)
    {
        var (rule, now) = (s.Policy.Environment, s.Work.Now);
        var known = s.Work.Load(WhereaboutsStreams.Kind, s.Terminal);
        var state = s.Work.Load(TerminalStreams.Kind, s.Terminal);
        var baseline = new Baseline(
            known.Familiar,
            known.IsLearnt(rule.Learn, now),
            [.. state.Profile!.Networks.Select(n => IPNetwork.Parse(n))]
        );
        var suspicion = EnvironmentJudge.Judge(s.Seen, baseline, rule);
        // On the way to a place that has no network to recognise, and without a position, nobody can tell.
        var isMoving = known.MoveAt(now) is { Networks: null } && s.Position is null;
        var isStrange = suspicion.Score >= rule.Score && !isMoving;
        Learn(s, known, baseline.IsLearnt, isStrange);
        var dwell = (s.Track.Environment ?? new Dwell(Stands(state, RuleName.Environment))).See(
            isStrange,
            rule.Dwell,
            now
        );
        s.Track.Environment = dwell;
        if (dwell.Counts && isStrange)
        {
            Findings.Found(
                s.Work,
                s.Terminal,
                RuleName.Environment,
                s.Policy,
                suspicion.Evidence,
                [.. s.Seen.Marks.Select(m => m.ToString())]
            );
        }
        else if (!dwell.Counts)
        {
            Findings.Gone(s.Work, s.Terminal, RuleName.Environment);
        }
    }

    /// <summary>Notes what was never seen before: as usual while it is learnt what is, as strange afterwards.</summary>
    private static void Learn(Scene s, Whereabouts known, bool isLearnt, bool isStrange)
    {
        var isFamiliar = !isLearnt && !isStrange;
        var fresh = s
            .Seen.Marks.Select(m => m.ToString())
            .Where(m => !known.Familiar.Contains(m) && (isFamiliar || !known.Strange.Contains(m)))
            .ToArray();
        var room = isFamiliar
            ? Whereabouts.MostFamiliar - known.Familiar.Count
            : Whereabouts.MostStrange - known.Strange.Count;
        if (fresh.Length > 0 && fresh.Length <= room)
        {
            s.Work.Append(s.Terminal, new MarksSeen(fresh, isFamiliar, s.Work.Now));
        }
    }

    private static void JudgeLocation(Scene s)
    {
        var rule = s.Policy.Location;
        var state = s.Work.Load(TerminalStreams.Kind, s.Terminal);
        if (s.Position is not { } position)
        {
            return;
        }
        var beyond = state.Profile!.Location is { } place
            ? PositionJudge.Beyond(position, place, rule)
            : null;
        var dwell = (s.Track.Location ?? new Dwell(Stands(state, RuleName.Location))).See(
            beyond is not null,
            rule.Dwell,
            s.Work.Now
        );
        s.Track.Location = dwell;
        if (dwell.Counts && beyond is not null)
        {
            Findings.Found(s.Work, s.Terminal, RuleName.Location, s.Policy, beyond, []);
        }
        else if (!dwell.Counts)
        {
            Findings.Gone(s.Work, s.Terminal, RuleName.Location);
        }
    }

    private static void JudgeTravel(Scene s)
    {
        if (s.Position is not { } now)
        {
            return;
        }
        var found = s.Track.Position is { } before
            ? PositionJudge.Impossible(before, now, s.Policy.ImpossibleTravel)
            : null;
        if (found is not null)
        {
            s.Track.Jumped = s.Work.Now;
            Findings.Found(s.Work, s.Terminal, RuleName.ImpossibleTravel, s.Policy, found, []);
        }
        else if ((s.Track.Jumped ??= s.Work.Now) + CalmAfterJump <= s.Work.Now)
        {
            Findings.Gone(s.Work, s.Terminal, RuleName.ImpossibleTravel);
        }
    }

    private static bool Stands(TerminalState state, RuleName rule) =>
        state.Findings.ContainsKey(Finding.KeyOf(rule, null));

    private static Position? Fresh(Position? position, DateTimeOffset now) =>
        position is { IsPossible: true } known
        && known.At <= now + ClockAhead
        && now - known.At <= FreshPosition
            ? known
            : null;

    private static DateTimeOffset? Soonest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;
}
