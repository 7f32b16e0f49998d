using Tillkeeper.Core;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Cases.OpenLinks;

/// <summary>What somebody filled in on the page.</summary>
internal sealed record OpenForm(string Name, string Phone, string WayOut, string Note)
{
    public static OpenForm Empty { get; } = new("", "", "", "");

    /// <summary>Says nothing, so that no log line can say too much.</summary>
    public override string ToString() => nameof(OpenForm);
}

/// <summary>Opens a case for whoever stands at the terminal. It is the terminal that opens it: nobody's identity is proven by a link.</summary>
internal sealed class LinkOpening(PersonalData personal, PolicyBook policies)
{
    /// <summary>Cases that one lock's links open, one after the other was settled; then support is called.</summary>
    public const int MostPerLock = 3;

    /// <summary>Unsettled cases of one terminal that are looked through.</summary>
    private const int MostLookedAt = 64;

    private static readonly WayOut[] ByCase =
    [
        WayOut.PasswordReset,
        WayOut.ProviderRelease,
        WayOut.OfflineCode,
    ];

    /// <summary>What a lock has of the ways out that a case decides.</summary>
    public static IReadOnlyList<WayOut> WaysOf(Lock l) =>
        [.. ByCase.Where(way => l.WaysOut.Contains(way))];

    /// <summary>The unsettled case of this lock, whoever opened it; null when there is none.</summary>
    public static CaseState? Standing(Work work, GoodLink link) =>
        work
            .Views.Query(
                "SELECT id FROM cases WHERE terminal = $1 AND status IN ('open', 'approved') LIMIT $2",
                r => r.GetString(0),
                link.Terminal.Id,
                MostLookedAt
            )
            .Select(id => work.Load(CaseStreams.Kind, id))
            .FirstOrDefault(c =>
                c.LockId == link.Lock.Id || c.Further.Exists(f => f.LockId == link.Lock.Id)
            );

    public static bool MayOpen(Work work, GoodLink link) =>
        work.Views.Scalar(
            "SELECT count(*) FROM cases WHERE terminal = $1 AND lock_id = $2 AND opened_by = $3",
            link.Terminal.Id,
            link.Lock.Id,
            OpenerOf(link)
        )
            is < (long)MostPerLock;

    /// <summary>Opens a case unless one stands; the refusal names the field to mend.</summary>
    public Refusal? Open(Work work, GoodLink link, OpenForm form)
    {
        if (Standing(work, link) is not null)
        {
            return null;
        }
        if (!MayOpen(work, link))
        {
            return Refusal.Conflict(
                "call_support",
                "No further case is opened by this lock's links."
            );
        }
        if (
            !Words.TryParse<WayOut>(form.WayOut, out var wayOut)
            || !WaysOf(link.Lock).Contains(wayOut)
        )
        {
            return Refusal.Invalid("wayOut", "Choose one of the ways out.");
        }
        var today = DateOnly.FromDateTime(work.Now.UtcDateTime);
        var asked = new Applicant(form.Name, form.Phone);
        if (
            (
                Applicant.Check(asked, today, out var applicant)
                ?? Check.Optional(form.Note, "note")
            ) is
            { } wrong
        )
        {
            return wrong;
        }
        var cause = link.Lock.Cause;
        var opening = new CaseOpened(
            Ids.New(),
            link.Terminal.Id,
            link.Lock.Id,
            cause,
            wayOut,
            applicant.Keep(work, personal),
            OpenerOf(link),
            link.ByLinkAlone,
            work.Now,
            string.IsNullOrWhiteSpace(form.Note) ? null : form.Note.Trim(),
            Opening.Number(work.Views),
            work.Now + CaseDueTimes.Of(cause),
            policies.Of(work.Views, link.Terminal).Identity.Asked(cause, wayOut)
        );
        work.Append(CaseStreams.Kind, opening.Case, opening.Terminal, [opening]);
        return null;
    }

    private static string OpenerOf(GoodLink link) => $"terminal/{link.Terminal.Id}";
}
