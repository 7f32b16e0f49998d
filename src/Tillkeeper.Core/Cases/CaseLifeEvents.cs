using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Cases;

/// <summary>A further lock of the same terminal that the case is to settle.</summary>
public sealed record LockCovered(string LockId, Cause Cause, WayOut WayOut, string Person)
    : ICaseEvent;

/// <summary>A further lock of the case has ended at the terminal.</summary>
public sealed record CoveredLockEnded(string LockId) : ICaseEvent;

/// <param name="Assignee">The id of the person who owes the next step from now on.</param>
public sealed record CaseAssigned(string Assignee, string Person, string Reason) : ICaseEvent;

/// <summary>Half the time is over, or all of it, and the case is not settled.</summary>
/// <param name="Overdue">True from the due time on.</param>
/// <param name="Next">When it will be said again.</param>
public sealed record CaseReminded(bool Overdue, DateTimeOffset Next) : ICaseEvent;

/// <summary>This case goes on as part of another one of the same terminal; it is closed with the result <c>merged</c>.</summary>
public sealed record CaseMergedInto(string Into, string Person, string Reason) : ICaseEvent;

/// <summary>Another case has been taken over: its contributors, documents and locks.</summary>
/// <param name="Contributors">None of them decides this case either.</param>
/// <param name="Documents">Kinds of the documents that came with it.</param>
public sealed record CaseTakenOver(
    string From,
    IReadOnlyList<string> Contributors,
    IReadOnlyList<string> Documents,
    string Person
) : ICaseEvent;

/// <summary>A settled case is open again; what was decided stands in its timeline and holds no more.</summary>
public sealed record CaseReopened(string Person, string Reason, DateTimeOffset Due) : ICaseEvent;

/// <summary>The shop's answer to the one question: how well was it helped?</summary>
/// <param name="Score">1 (badly) to 5 (well).</param>
/// <param name="ByPhone">True when somebody of the provider noted it down.</param>
public sealed record CaseRated(int Score, string Person, bool ByPhone) : ICaseEvent;
