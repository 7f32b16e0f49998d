using System.Globalization;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Console.Texts;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Ledger;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Portal.Records;

/// <summary>Manual sales, and numbers that have not come in.</summary>
internal sealed record RecordsModel(
    Page<LedgerRecordView> Records,
    IReadOnlyList<LedgerGap> Gaps,
    IReadOnlyList<Column<LedgerRecordView>> Columns,
    string State
);

/// <summary><c>GET /shop/records</c>: what was written down by hand while a terminal could not take payments, and whether the money has been found.</summary>
internal static class RecordEndpoints
{
    public static void MapRecords(this IEndpointRouteBuilder app) =>
        app.MapGet("/shop/records", Show).Needs(Right.OwnShop).AsPage();

    private static async Task<IResult> Show(
        ApiClient api,
        HttpRequest request,
        string state = "",
        string after = ""
    )
    {
        var path =
            "/api/v1/ledger" + (state.Length > 0 ? $"?state={Uri.EscapeDataString(state)}" : "?");
        var columns = Columns(Phrases.Current);
        if (Csv.IsAsked(request))
        {
            return Csv.Of("records", api, path, columns);
        }
        var records = await api.Get<Page<LedgerRecordView>>(
            $"{path}&limit=50&after={Uri.EscapeDataString(after)}"
        );
        var gaps = await api.Get<Page<LedgerGap>>("/api/v1/ledger/gaps");
        return (records.Problem ?? gaps.Problem) is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<RecordsPage>(
                new RecordsModel(records.Value!, gaps.Value!.Items, columns, state)
            );
    }

    private static Column<LedgerRecordView>[] Columns(Phrases say) =>
        [
            new(
                "portal.record.at",
                r => r.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)
            )
            {
                Show = RecordsPage.At,
            },
            new("portal.record.amount", r => Yuan(r.AmountMinor)) { IsFigure = true },
            new("portal.record.method", r => say.Word("ledger_method", r.Method)),
            new("portal.record.state", r => say.Word("record_state", r.State)),
            new("portal.record.number", r => r.Number.ToString(CultureInfo.InvariantCulture))
            {
                IsFigure = true,
                IsWide = true,
            },
            new("portal.record.terminal", r => r.TerminalId) { IsWide = true },
            new("portal.record.operator", r => r.Operator) { IsWide = true },
            new("portal.record.note", r => r.Note ?? r.Reference) { IsWide = true },
            new("portal.record.reason", r => r.Reason) { IsWide = true },
        ];

    /// <summary>Minor units as money.</summary>
    private static string Yuan(long minor) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(minor < 0 ? "-" : "")}¥{Math.Abs(minor / 100m):N2}"
        );
}
