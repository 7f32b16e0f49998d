using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Policies;

/// <summary>The one stream of policies, so that its numbers count up over the whole installation, and the views over it.</summary>
internal static class PolicyStreams
{
    /// <summary>The id of the only stream of its kind.</summary>
    public const string Book = "book";

    public static EventCatalogue Catalogue { get; } =
        new(
            ("policy.set.v1", PolicyJson.Default.PolicySet),
            ("policy.proposed.v1", PolicyJson.Default.PolicyProposed),
            ("policy.removed.v1", PolicyJson.Default.PolicyRemoved),
            ("policy.rule_forced.v1", PolicyJson.Default.RuleForced),
            ("policy.rule_lifted.v1", PolicyJson.Default.RuleLifted),
            ("policy.brought_out.v1", PolicyJson.Default.PolicyBroughtOut)
        );

    public static StreamKind<PolicyBookState, IPolicyEvent> Kind { get; } =
        new(
            "policy",
            Catalogue,
            PolicyJson.Default.PolicyBookState,
            new PolicyBookState(),
            PolicyBookState.Apply,
            Project
        );

    public static void Append(this Work work, IPolicyEvent happened) =>
        work.Append(Kind, Book, Book, [happened]);

    private static void Project(Views views, Projection<PolicyBookState, IPolicyEvent> p)
    {
        var at = p.At.ToUnixTimeMilliseconds();
        if (p.Happened is IPolicyRevision change)
        {
            views.Write(
                "INSERT INTO policy_book VALUES (1, $1, $2) ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, stamp = excluded.stamp",
                change.Revision,
                change.Stamp
            );
            views.Write(
                "INSERT INTO policy_rollouts VALUES ($1, $2, '', 0, 0, 0, $3, NULL)",
                change.Revision,
                change.Target,
                at
            );
        }
        switch (p.Happened)
        {
            case PolicySet e:
                var target = PolicyTarget.Parse(e.Target)!;
                views.Write(
                    "INSERT INTO policies VALUES ($1, $2, $3, $4, $5) ON CONFLICT (target) DO UPDATE SET revision = excluded.revision, document = excluded.document",
                    e.Target,
                    Words.Of(target.Kind),
                    target.Subject,
                    e.Revision,
                    e.Document
                );
                History(views, e, at, e.Person, e.Reason, e.Document);
                Settle(views, e.Target);
                break;
            case PolicyProposed e:
                views.Write(
                    "INSERT OR REPLACE INTO policy_proposals VALUES ($1, $2, $3, $4, $5, $6)",
                    e.Target,
                    at,
                    e.Person,
                    e.Reason,
                    e.Document,
                    e.Base
                );
                break;
            case PolicyRemoved e:
                views.Write("DELETE FROM policies WHERE target = $1", e.Target);
                History(views, e, at, e.Person, e.Reason, null);
                Settle(views, e.Target);
                break;
            case RuleForced e:
                views.Write(
                    "INSERT INTO forced_rules VALUES ($1, $2, $3) ON CONFLICT (rule) DO UPDATE SET crisis = excluded.crisis, since = excluded.since",
                    Words.Of(e.Rule),
                    e.Crisis,
                    at
                );
                break;
            case RuleLifted e:
                views.Write("DELETE FROM forced_rules WHERE rule = $1", Words.Of(e.Rule));
                break;
            case PolicyBroughtOut e:
                views.Write(
                    "UPDATE policy_rollouts SET after = $2, checked = checked + $3, ordered = ordered + $4, skipped = skipped + $5, done_at = $6 WHERE revision = $1",
                    e.Revision,
                    e.After,
                    e.Checked,
                    e.Ordered,
                    e.Skipped,
                    e.Done ? at : null
                );
                break;
        }
    }

    /// <summary>What was asked for was asked of another state of things.</summary>
    private static void Settle(Views views, string target) =>
        views.Write("DELETE FROM policy_proposals WHERE target = $1", target);

    private static void History(
        Views views,
        IPolicyRevision e,
        long at,
        string person,
        string reason,
        string? document
    ) =>
        views.Write(
            "INSERT INTO policy_history VALUES ($1, $2, $3, $4, $5, $6)",
            e.Target,
            e.Revision,
            at,
            person,
            reason,
            document
        );
}
