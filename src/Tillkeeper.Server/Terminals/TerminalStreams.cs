using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Ledger;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Crisis;
using Tillkeeper.Server.Ledger;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Replacements;
using Tillkeeper.Server.Reports;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Terminals;

/// <summary>Streams of terminals and the views over them. A terminal and its cases share a shard: its own id's.</summary>
internal static class TerminalStreams
{
    public static StreamKind<TerminalState, ITerminalEvent> Kind { get; } =
        new(
            "terminal",
            EventCatalogue.Terminal,
            CoreJson.Default.TerminalState,
            TerminalState.Empty,
            TerminalFold.Apply,
            Project
        );

    private static void Project(Views views, Projection<TerminalState, ITerminalEvent> p)
    {
        EnrolledTerminals.Project(views, p.Id, p.Happened);
        RevokedTerminals.Project(views, p.Id, p.Happened);
        PolicyOrders.Project(views, p);
        UnwipedTimer.Project(views, p);
        LockSpans.Project(views, p);
        switch (p.Happened)
        {
            case TerminalRegistered e:
                views.Write(
                    "INSERT INTO terminals SELECT $1, $2, id, place, $4, '' FROM merchants WHERE id = $3",
                    e.Terminal,
                    e.Serial,
                    e.Profile.MerchantId,
                    e.Profile.Model
                );
                WriteBindings(views, p.Id, e.Profile);
                break;
            case TerminalChanged e:
                views.Write(
                    "UPDATE terminals SET merchant = $2, model = $3, place = (SELECT place FROM merchants WHERE id = $2) WHERE id = $1",
                    p.Id,
                    e.Profile.MerchantId,
                    e.Profile.Model
                );
                WriteBindings(views, p.Id, e.Profile);
                break;
            case EnrolmentCodeIssued e:
                views.Write("DELETE FROM enrolment_codes WHERE terminal = $1", p.Id);
                views.Write("INSERT INTO enrolment_codes VALUES ($1, $2)", e.CodeHash, p.Id);
                break;
            case LockOrdered { BatchId: { } batch } e:
                views.Write(
                    "INSERT INTO batch_locks SELECT $1, $2, $3, place FROM terminals WHERE id = $2",
                    batch,
                    p.Id,
                    e.Lock.Id
                );
                break;
            case OrderIssued e:
                WriteOrder(views, e.Order);
                break;
            case TerminalReported { Said: UpdateStepped or SoftwareFound }
                when p.After.Software is { } software && software != p.Before.Software:
                views.Write(
                    "INSERT INTO terminal_software VALUES ($1, $2) ON CONFLICT (terminal) DO UPDATE SET version = excluded.version",
                    p.Id,
                    software
                );
                break;
            case TerminalReported { Said: RuleFound found }
                when RuleTable.Of(found.Rule).Side == RuleSide.Terminal:
                RuleHits.Write(views, p.Id, RuleFindings.Tidy(found), p.At);
                break;
            case RuleFoundHere e:
                RuleHits.Write(
                    views,
                    p.Id,
                    new Finding(e.Rule, e.Effect, e.At, e.Evidence, e.Part, e.LockId),
                    p.At
                );
                break;
            case TerminalReported { Said: LedgerRecorded record }:
                ManualRecords.Write(views, p.Id, record, p.At);
                break;
            case TerminalReported { Said: DeviceStarted started }:
                views.Write(
                    "UPDATE terminals SET version = $2 WHERE id = $1",
                    p.Id,
                    ReportedText.Short(started.Program)
                );
                break;
        }
    }

    private static void WriteBindings(Views views, string terminal, TerminalProfile profile)
    {
        views.Write("DELETE FROM bindings WHERE terminal = $1", terminal);
        foreach (var binding in profile.Bindings)
        {
            views.Write(
                "INSERT INTO bindings VALUES ($1, $2, $3, $4)",
                binding.Acquirer,
                binding.Tid,
                terminal,
                binding.Mid
            );
        }
    }

    private static void WriteOrder(Views views, Order order) =>
        views.Write(
            "INSERT INTO orders VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            order.Terminal,
            order.Epoch,
            order.Number,
            order.Kind,
            order.LockId,
            order.IssuedAt.ToUnixTimeMilliseconds(),
            order.ExpiresAt?.ToUnixTimeMilliseconds(),
            OrderEnvelope.ToPayload(order)
        );
}
