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
        Person person
    )
    {
        var name = target.ToString();
        var (standing, text) = Standing(work.Views, name);
        if (body.ExpectedRevision is { } expected && expected != standing)
        {
            return (null, Changed(standing));
        }
        var wrong =
            body.Check()
            ?? Check.Text(body.Reason, "reason")
            ?? Mistakes(target, file)
            ?? reach.Conflict(work.Views, target, file.Document);
        if (wrong is not null)
        {
            return (null, wrong);
        }
        if (text == file.Text)
        {
            return (new Set(standing, false), null);
        }
        var revision = Next(work);
        work.Append(
            new PolicySet(name, revision, Ids.New(), file.Text, person.Id, body.Reason!.Trim())
        );
        return (new Set(revision, true), null);
    }

    public (Set? Done, Refusal? Refusal) Remove(
        Work work,
        PolicyTarget target,
        string? reason,
        Person person
    )
    {
        if (Standing(work.Views, target.ToString()).Revision == 0)
        {
            return (null, Refusal.NotFound("policy"));
        }
        var wrong = Check.Text(reason, "reason") ?? reach.Conflict(work.Views, target, null);
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

    /// <summary>Why a file cannot be set there: its own mistakes, all of them, or what does not belong at this target.</summary>
    public static Refusal? Mistakes(PolicyTarget target, PolicyFile file) =>
        ErrorsAt(target, file) is [var first, ..] errors
            ? new Refusal(
                RefusalKind.Invalid,
                "invalid_policy",
                errors.Count == 1
                    ? first.In("document")
                    : $"{first.In("document")} (and {errors.Count - 1} more under 'errors')",
                first.Key ?? "document"
            )
            : null;

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

    private static Refusal Changed(long standing) =>
        Refusal.Conflict(
            "revision_changed",
            standing == 0
                ? "No policy is set there any more; look again before you set one."
                : FormattableString.Invariant(
                    $"Somebody has set revision {standing} there meanwhile; look at it, then send yours for that revision."
                )
        );
}
