using System.Collections.Immutable;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.Server.Environments;

/// <summary>A question to the merchant.</summary>
/// <param name="Due">Without an answer until then it locks.</param>
internal sealed record Question(
    RuleName Rule,
    QuestionStatus Status,
    Evidence Evidence,
    DateTimeOffset AskedAt,
    DateTimeOffset Due,
    IReadOnlyList<string> Marks,
    string? AnsweredBy = null,
    DateTimeOffset? AnsweredAt = null,
    string? Note = null
);

/// <summary>A move that was announced and has not happened.</summary>
internal sealed record AnnouncedMove(
    string Id,
    DateTimeOffset From,
    DateTimeOffset Until,
    string AddressData,
    string Reason,
    string Person,
    Location? Location = null,
    IReadOnlyList<string>? Networks = null
);

/// <summary>A move that somebody asked for, and that nothing heeds before two people agree.</summary>
/// <param name="ApprovedBy">The first of them, while the second is awaited.</param>
internal sealed record RequestedMove(MoveRequested Request, string? ApprovedBy = null);

/// <summary>The fold of what is known of where a terminal belongs.</summary>
/// <param name="WatchedSince">Since when it is learnt what is usual; null before it was first seen.</param>
internal sealed record Whereabouts(
    DateTimeOffset? WatchedSince = null,
    AnnouncedMove? Move = null,
    RequestedMove? Requested = null
)
{
    /// <summary>Marks of each sort that are remembered. A shop has a few; beyond this nothing more is written.</summary>
    public const int MostFamiliar = 256;
    public const int MostStrange = 64;

    private static readonly ImmutableSortedSet<string> NoMarks = ImmutableSortedSet.Create<string>(
        StringComparer.Ordinal
    );

    public ImmutableSortedSet<string> Familiar
    {
        get;
        init => field = value.WithComparer(StringComparer.Ordinal);
    } = NoMarks;

    /// <summary>Seen, and not known to belong here.</summary>
    public ImmutableSortedSet<string> Strange
    {
        get;
        init => field = value.WithComparer(StringComparer.Ordinal);
    } = NoMarks;

    /// <summary>By rule, in words.</summary>
    public ImmutableSortedDictionary<string, Question> Questions
    {
        get;
        init => field = value.WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, Question>(StringComparer.Ordinal);

    public Question? QuestionOf(RuleName rule) => Questions.GetValueOrDefault(Words.Of(rule));

    public bool IsLearnt(TimeSpan learn, DateTimeOffset now) => WatchedSince + learn <= now;

    /// <summary>The announced move whose time it is.</summary>
    public AnnouncedMove? MoveAt(DateTimeOffset now) =>
        Move is { } move && move.From <= now && now <= move.Until ? move : null;

    public static Whereabouts Apply(Whereabouts state, IWhereaboutsEvent happened) =>
        happened switch
        {
            MarksSeen { Familiar: true } e => state with
            {
                WatchedSince = state.WatchedSince ?? e.At,
                Familiar = state.Familiar.Union(e.Marks),
            },
            MarksSeen e => state with
            {
                WatchedSince = state.WatchedSince ?? e.At,
                Strange = state.Strange.Union(e.Marks),
            },
            MarksConfirmed e => state with
            {
                Familiar = state.Familiar.Union(e.Marks),
                Strange = state.Strange.Except(e.Marks),
            },
            QuestionAsked e => state.Put(
                new Question(e.Rule, QuestionStatus.Open, e.Evidence, e.At, e.Due, e.Marks)
            ),
            QuestionAnswered e => state.Change(
                e.Rule,
                q =>
                    q with
                    {
                        Status = e.Answer,
                        AnsweredBy = e.Person,
                        AnsweredAt = e.At,
                        Note = e.Note,
                    }
            ),
            QuestionUnanswered e => state.Change(
                e.Rule,
                q => q with { Status = QuestionStatus.Unanswered }
            ),
            QuestionClosed e => state with { Questions = state.Questions.Remove(Words.Of(e.Rule)) },
            MoveRequested e => state with { Requested = new RequestedMove(e) },
            MoveAgreed e => state with
            {
                Requested = state.Requested! with { ApprovedBy = e.Person },
            },
            MoveAnnounced e => state with
            {
                Requested = null,
                Move = new AnnouncedMove(
                    e.Move,
                    e.From,
                    e.Until,
                    e.AddressData,
                    e.Reason,
                    e.Person,
                    e.Location,
                    e.Networks
                ),
            },
            MoveWithdrawn => state with { Move = null, Requested = null },
            // What was usual at the old place is not usual any more; the new one is learnt from its first day.
            MoveArrived e => state with
            {
                Move = null,
                WatchedSince = e.At,
                Familiar = NoMarks.Union(e.Marks),
                Strange = NoMarks,
            },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };

    private Whereabouts Put(Question question) =>
        this with
        {
            Questions = Questions.SetItem(Words.Of(question.Rule), question),
        };

    private Whereabouts Change(RuleName rule, Func<Question, Question> change) =>
        QuestionOf(rule) is { } question ? Put(change(question)) : this;
}
