using Tillkeeper.Core;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Ledger;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Settlements;

/// <summary><c>POST /api/v1/ledger/{id}/judgement</c>: somebody says how a record is settled, and why.</summary>
internal static class Judgement
{
    internal sealed record Body(string? State, string? Reason);

    private const string Choices = "open, matched, disputed, written_off";

    public static async Task<IResult> Judge(
        string id,
        Body body,
        Person person,
        Appender appender,
        LedgerViews views
    )
    {
        if (views.Find(id, person) is not { } record)
        {
            return Problems.Of(Refusal.NotFound("record"));
        }
        if (record.State == Words.Of(RecordState.Void))
        {
            return Problems.Of(
                Refusal.Conflict("record_void", "This record was ended at the terminal.")
            );
        }
        if (!Words.TryParse<RecordState>(body.State, out var state) || state == RecordState.Void)
        {
            return Problems.Of(Refusal.Invalid("state", $"Use one of: {Choices}."));
        }
        if (Check.Text(body.Reason, "reason") is { } wrong)
        {
            return Problems.Of(wrong);
        }
        await appender.Run(
            person.Act,
            work =>
            {
                work.Append(
                    SettlementStreams.Books,
                    record.MerchantId,
                    record.MerchantId,
                    [new RecordJudged(id, state, body.Reason!.Trim(), person.Id)]
                );
                return true;
            }
        );
        return Results.Json(views.Find(id, person));
    }
}
