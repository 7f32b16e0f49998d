using System.Text.Json.Serialization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.Server.Environments;

/// <summary>Something that became known of where a terminal is or may be.</summary>
internal interface IWhereaboutsEvent;

/// <summary>Marks that were never seen of this terminal before. Repeats of known ones leave no trace.</summary>
/// <param name="Marks">As <c>gateway:HASH</c>; keyed hashes, which say nothing without the server's key.</param>
/// <param name="Familiar">True while it is being learnt what is usual.</param>
internal sealed record MarksSeen(IReadOnlyList<string> Marks, bool Familiar, DateTimeOffset At)
    : IWhereaboutsEvent;

/// <summary>Somebody of the provider confirmed that these belong to the shop.</summary>
internal sealed record MarksConfirmed(IReadOnlyList<string> Marks, string Person)
    : IWhereaboutsEvent;

/// <summary>The merchant is asked whether what was found is theirs (W9). Nothing locks before an answer, or before <paramref name="Due"/>.</summary>
/// <param name="Marks">The environment that the question is about.</param>
internal sealed record QuestionAsked(
    RuleName Rule,
    Evidence Evidence,
    IReadOnlyList<string> Marks,
    DateTimeOffset At,
    DateTimeOffset Due
) : IWhereaboutsEvent;

internal sealed record QuestionAnswered(
    RuleName Rule,
    QuestionStatus Answer,
    string Person,
    DateTimeOffset At,
    string? Note = null
) : IWhereaboutsEvent;

/// <summary>Nobody answered in time.</summary>
internal sealed record QuestionUnanswered(RuleName Rule) : IWhereaboutsEvent;

/// <summary>What the question was about is gone.</summary>
internal sealed record QuestionClosed(RuleName Rule) : IWhereaboutsEvent;

/// <summary>A move announced before it happens (W9). The address is personal data and lies beside the log.</summary>
/// <param name="Person">Who announced it, or asked for it.</param>
/// <param name="ApprovedBy">Who agreed, in order; null when somebody announced it who may.</param>
internal sealed record MoveAnnounced(
    string Move,
    DateTimeOffset From,
    DateTimeOffset Until,
    string AddressData,
    string AddressCommitment,
    string Reason,
    string Person,
    Location? Location = null,
    IReadOnlyList<string>? Networks = null,
    IReadOnlyList<string>? ApprovedBy = null
) : IWhereaboutsEvent;

/// <summary>Somebody who may not announce a move asks for it, with the same content: it waits for two people.</summary>
internal sealed record MoveRequested(
    string Move,
    DateTimeOffset From,
    DateTimeOffset Until,
    string AddressData,
    string AddressCommitment,
    string Reason,
    string Person,
    Location? Location = null,
    IReadOnlyList<string>? Networks = null
) : IWhereaboutsEvent;

/// <summary>The first of two people agrees; with the second it is announced.</summary>
internal sealed record MoveAgreed(string Move, string Person, string Reason) : IWhereaboutsEvent;

internal sealed record MoveWithdrawn(string Move, string Person) : IWhereaboutsEvent;

/// <summary>The terminal was seen at the announced place: from now on that is where it belongs.</summary>
internal sealed record MoveArrived(string Move, IReadOnlyList<string> Marks, DateTimeOffset At)
    : IWhereaboutsEvent;

/// <summary>How far a question has got.</summary>
[JsonConverter(typeof(SnakeCaseEnum<QuestionStatus>))]
internal enum QuestionStatus
{
    Open,
    Ours,
    NotOurs,
    Unanswered,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(Whereabouts))]
[JsonSerializable(typeof(MarksSeen))]
[JsonSerializable(typeof(MarksConfirmed))]
[JsonSerializable(typeof(QuestionAsked))]
[JsonSerializable(typeof(QuestionAnswered))]
[JsonSerializable(typeof(QuestionUnanswered))]
[JsonSerializable(typeof(QuestionClosed))]
[JsonSerializable(typeof(MoveAnnounced))]
[JsonSerializable(typeof(MoveRequested))]
[JsonSerializable(typeof(MoveAgreed))]
[JsonSerializable(typeof(MoveWithdrawn))]
[JsonSerializable(typeof(MoveArrived))]
internal sealed partial class WhereaboutsJson : JsonSerializerContext;
