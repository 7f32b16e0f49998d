using Tillkeeper.Core.Device;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Terminals;
using Tillkeeper.PolicyFiles;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Policies;

/// <summary>What came of bringing a terminal its policy.</summary>
internal enum Brought
{
    /// <summary>It has been told already, or there is nobody to tell.</summary>
    Unchanged,
    Ordered,

    /// <summary>It could not be told now; the next change tries again.</summary>
    Skipped,
}

/// <summary>
/// Keeps terminals at the policy that is in force for them: a signed order goes out when what holds is really another than what was
/// ordered last, and the view <c>terminal_policies</c> says how far it came.
/// </summary>
internal sealed class PolicyOrders(PolicyBook book)
{
    public Brought Bring(Work work, string terminal)
    {
        var state = work.Load(TerminalStreams.Kind, terminal);
        if (!state.IsEnrolled)
        {
            // What holds when it enrols it gets then.
            return Brought.Unchanged;
        }
        var wanted = book.For(work.Views, state);
        return wanted.Essence == EssenceOrdered(work.Views, terminal)
            ? Brought.Unchanged
            : Order(work, terminal, wanted.Policy);
    }

    /// <summary>
    /// What a terminal gets with its new identity. It is ordered as well, unless it is the default, so that the log says what the terminal
    /// was told and the terminal confirms it.
    /// </summary>
    public Policy Welcome(Work work, string terminal)
    {
        var wanted = book.For(work.Views, work.Load(TerminalStreams.Kind, terminal));
        if (wanted.Essence == NoDifference)
        {
            return Policy.Default;
        }
        return Order(work, terminal, wanted.Policy) == Brought.Ordered
            ? wanted.Policy
            : Policy.Default;
    }

    /// <summary>The same answer once more, for a terminal that asks again.</summary>
    public Policy Again(Views views, TerminalState state) =>
        book.For(views, state).Policy with
        {
            Version = Math.Max(Policy.Default.Version, state.PolicyVersion),
        };

    /// <summary>By what the policy last ordered differs from the defaults.</summary>
    public static string EssenceOrdered(Views views, string terminal) =>
        (string?)views.Scalar("SELECT essence FROM terminal_policies WHERE terminal = $1", terminal)
        ?? NoDifference;

    private const string NoDifference = "{}";

    private static Brought Order(Work work, string terminal, Policy policy)
    {
        if (PolicyLimits.Check(policy) is not null)
        {
            // Two settings that each are fine and together are not; a terminal would refuse them.
            return Brought.Skipped;
        }
        var decision = work.Decide(
            TerminalStreams.Kind,
            terminal,
            terminal,
            s => TerminalDecisions.Decide(s, new OrderPolicy(policy), work.Now)
        );
        return decision.Accepted ? Brought.Ordered : Brought.Skipped;
    }

    /// <summary>What an event of a terminal says of its policy, for the views.</summary>
    public static void Project(Views views, Projection<TerminalState, ITerminalEvent> p)
    {
        switch (p.Happened)
        {
            case TerminalRegistered or TerminalChanged:
                WriteStore(views, p.Id, p.After.Profile!);
                break;
            case TerminalEnrolled:
                views.Write("DELETE FROM terminal_policies WHERE terminal = $1", p.Id);
                break;
            case OrderIssued { Order: { Policy: { } policy } order }:
                views.Write(
                    "INSERT OR REPLACE INTO terminal_policies VALUES ($1, $2, $3, $4, $5, 'pending')",
                    p.Id,
                    order.Number,
                    policy.Version,
                    order.IssuedAt.ToUnixTimeMilliseconds(),
                    PolicyValues.Essence(policy)
                );
                break;
            case TerminalReported { Said: OrderApplied { Kind: OrderKind.Policy } applied }:
                Confirm(views, p.Id, applied.Number, "confirmed");
                break;
            case TerminalReported { Said: OrderRefused { Kind: OrderKind.Policy } refused }:
                Confirm(views, p.Id, refused.Number, "refused");
                break;
            // It has forgotten everything, and takes its orders from the first again.
            case TerminalReported { Said: StateLost }:
                views.Write(
                    "UPDATE terminal_policies SET status = 'pending' WHERE terminal = $1",
                    p.Id
                );
                break;
        }
    }

    private static void Confirm(Views views, string terminal, long number, string status) =>
        views.Write(
            "UPDATE terminal_policies SET status = $3 WHERE terminal = $1 AND number = $2",
            terminal,
            number,
            status
        );

    private static void WriteStore(Views views, string terminal, TerminalProfile profile)
    {
        views.Write("DELETE FROM terminal_stores WHERE terminal = $1", terminal);
        if (profile.Store is { } store)
        {
            views.Write(
                "INSERT INTO terminal_stores VALUES ($1, $2, $3)",
                terminal,
                profile.MerchantId,
                store
            );
        }
    }
}
