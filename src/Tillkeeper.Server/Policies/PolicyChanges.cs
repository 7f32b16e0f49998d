using System.Globalization;
using Tillkeeper.Core;
using Tillkeeper.PolicyFiles;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Policies;

/// <summary>Setting a policy and taking one away: the commands.</summary>
internal sealed class PolicyChanges(PolicyReach reach)
{
    internal sealed record Set(long Revision, bool Changed);

    /// <summary>Whether there is such a target and it is theirs to see.</summary>
    public static PolicyTarget? Find(Views views, string text, Person person) =>
        PolicyTarget.Parse(text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase))
            is { } target
        && target.Place(views) is { } place
        && person.Sees(place)
            ? target
            : null;

    /// <summary>Sets a policy; the same text again changes nothing.</summary>
    public (Set? Done, Refusal? Refusal) Put(
        Work work,
        PolicyTarget target,
        PolicyBody body,
        PolicyFile file,
        PolicyReach.Outcome? outcome,
        Person person,
        string? proposer = null
    )
    {
        if (Wrong(work, target, body, file, outcome) is { } wrong)
        {
            return (null, wrong);
        }
        var name = target.ToString();
        var (standing, text) = Standing(work.Views, name);
        if (text == file.Text)
        {
            return (new Set(standing, false), null);
        }
        var revision = Next(work);
        work.Append(
            new PolicySet(
                name,
                revision,
                Ids.New(),
                file.Text,
                person.Id,
                body.Reason!.Trim(),
                proposer
            )
        );
        return (new Set(revision, true), null);
    }

    /// <summary>The first of two people asks; the second one's same text sets it.</summary>
    public (Set? Done, Refusal? Refusal) Propose(
        Work work,
        PolicyTarget target,
        PolicyBody body,
        PolicyFile file,
        PolicyReach.Outcome? outcome,
        Person person
    )
    {
        var name = target.ToString();
        var standing = Standing(work.Views, name).Revision;
        var waiting =
            PolicyProposals.Find(work.Views, name) is { } row
            && row.Document == file.Text
            && row.Base == standing
                ? row
                : null;
        if (waiting is not null && waiting.Person != person.Id)
        {
            return Put(work, target, body, file, outcome, person, waiting.Person);
        }
        if (Wrong(work, target, body, file, outcome) is { } wrong)
        {
            return (null, wrong);
        }
        if (waiting is null)
        {
            work.Append(
                new PolicyProposed(name, file.Text, person.Id, body.Reason!.Trim(), standing)
            );
        }
        return (null, PolicyProposals.SecondPerson);
    }

    private Refusal? Wrong(
        Work work,
        PolicyTarget target,
        PolicyBody body,
        PolicyFile file,
        PolicyReach.Outcome? outcome
    )
    {
        var standing = Standing(work.Views, target.ToString()).Revision;
        return body.ExpectedRevision is { } expected && expected != standing
            ? RevisionChanged(standing)
            : body.Check()
                ?? Check.Text(body.Reason, "reason")
                ?? Mistakes(target, file)
                ?? Conflict(work.Views, target, file.Document, outcome);
    }

    public (Set? Done, Refusal? Refusal) Remove(
        Work work,
        PolicyTarget target,
        string? reason,
        PolicyReach.Outcome? outcome,
        Person person
    )
    {
        if (Standing(work.Views, target.ToString()).Revision == 0)
        {
            return (null, Refusal.NotFound("policy"));
        }
        var wrong = Check.Text(reason, "reason") ?? Conflict(work.Views, target, null, outcome);
        if (wrong is not null)
        {
            return (null, wrong);
        }
        var revision = Next(work);
        work.Append(
            new PolicyRemoved(target.ToString(), revision, Ids.New(), person.Id, reason!.Trim())
        );
        return (new Set(revision, true), null);
    }

    /// <summary>Judged before the command, on its own thread; again only when somebody else's change came in between.</summary>
    private Refusal? Conflict(
        Views views,
        PolicyTarget target,
        PolicyDocument? document,
        PolicyReach.Outcome? outcome
    ) =>
        (
            outcome is not null && reach.StillHolds(views, outcome)
                ? outcome
                : reach.Judge(views, target, document)
        ).Conflict;

    /// <summary>Why a file cannot be set there: its own mistakes, all of them, or what does not belong at this target.</summary>
    public static Refusal? Mistakes(PolicyTarget target, PolicyFile file)
    {
        if (ErrorsAt(target, file) is not [var first, ..] errors)
        {
            return null;
        }
        var more = errors.Count == 1 ? "" : $" (and {errors.Count - 1} more under 'errors')";
        return new Refusal(
            RefusalKind.Invalid,
            "invalid_policy",
            first.In("document") + more,
            first.Key ?? "document"
        );
    }

    public static IReadOnlyList<PolicyFileError> ErrorsAt(PolicyTarget target, PolicyFile file) =>
        target.Kind != PolicyTargetKind.Provider && file.Lines.TryGetValue("breaker", out var line)
            ?
            [
                .. file.Errors,
                new PolicyFileError(
                    line,
                    "'breaker' watches over everybody at once; set it for the provider, or leave it out.",
                    "breaker"
                ),
            ]
            : file.Errors;

    private static (long Revision, string? Text) Standing(Views views, string target) =>
        views
            .Query(
                "SELECT revision, document FROM policies WHERE target = $1",
                r => (r.GetInt64(0), (string?)r.GetString(1)),
                target
            )
            .FirstOrDefault();

    private static long Next(Work work) =>
        work.Load(PolicyStreams.Kind, PolicyStreams.Book).Revision + 1;

    private static Refusal RevisionChanged(long standing) =>
        Refusal.Conflict(
            "revision_changed",
            standing == 0
                ? "No policy is set there any more; look again before you set one."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"Somebody has set revision {standing} there meanwhile; look at it, then send yours for that revision."
                )
        );
}
