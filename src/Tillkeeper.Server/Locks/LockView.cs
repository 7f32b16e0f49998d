using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Locks.Texts;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Crisis;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Policies;

namespace Tillkeeper.Server.Locks;

/// <summary>One lock, the same shape everywhere (see the contract).</summary>
/// <param name="Crisis">What the provider tells every shop that the same crisis locked.</param>
/// <param name="Explanation">The lock in plain words, part by part, where one terminal is looked at.</param>
internal sealed record LockView(
    string Id,
    string Code,
    Cause Cause,
    Severity Severity,
    Subject Subject,
    EnumSet<Capability> Scope,
    LockOwner Owner,
    LockStatus Status,
    DateTimeOffset Since,
    DateTimeOffset? ExpectedEnd,
    int? Progress,
    EnumSet<WayOut> WaysOut,
    string Message,
    Evidence Evidence,
    string? Crisis = null,
    Explanation? Explanation = null
)
{
    public static LockView Of(
        Lock l,
        CultureInfo culture,
        DateTimeOffset now,
        string supportPhone
    ) =>
        new(
            l.Id,
            l.Code,
            l.Cause,
            l.Severity,
            l.Subject,
            l.Scope,
            l.Owner,
            l.Status,
            l.Since,
            l.ExpectedEnd,
            l.Progress,
            l.WaysOut,
            LockExplainer.Summary(l, new ExplanationContext(now, supportPhone), culture),
            l.Evidence
        );

    /// <summary>With what the provider tells everybody whom the same crisis locked.</summary>
    public LockView With(string text) =>
        this with
        {
            Message = $"{Message} · {text}",
            Crisis = text,
        };

    /// <summary>As the shop and its agent see it: the provider's inner reason and people are not theirs, the message is.</summary>
    public LockView ForTheShop() =>
        this with
        {
            Evidence = Evidence with { Reason = null, People = null },
        };
}

/// <summary>Shows locks in the language of a request, the gravest first.</summary>
internal sealed class LockViews(
    TimeProvider time,
    CrisisMessages messages,
    PolicyBook policies,
    PolicyViews reader
)
{
    /// <param name="terminal">Whose locks they are: its policy says whom the shop calls, and what time it is there.</param>
    /// <param name="explained">With every part of what is said of each lock; a verdict needs none of it.</param>
    public IReadOnlyList<LockView> Of(
        TerminalState terminal,
        IEnumerable<Lock> locks,
        HttpRequest request,
        bool explained = false
    )
    {
        var culture = LockExplainer.Choose(request.Headers.AcceptLanguage);
        var inside = Person.Find(request.HttpContext)?.SeesInside == true;
        var sorted = Lock.GravestFirst(locks).ToArray();
        if (sorted.Length == 0)
        {
            return [];
        }
        var policy = reader.Read(views => policies.Of(views, terminal));
        var now = policy.At(time.GetUtcNow());
        var told = messages.Of([.. sorted.Select(l => l.Id)]);
        return
        [
            .. sorted
                .Select(l =>
                    LockView.Of(l, culture, now, policy.Support.Phone) with
                    {
                        Explanation = explained
                            ? LockExplainer.Explain(
                                l,
                                new ExplanationContext(now, policy.Support.Phone),
                                culture
                            )
                            : null,
                    }
                )
                .Select(view => inside ? view : view.ForTheShop())
                .Select(view => told.TryGetValue(view.Id, out var text) ? view.With(text) : view),
        ];
    }
}
