using System.Net.Mime;
using Tillkeeper.Core;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Ledger;

/// <summary><c>/api/v1/ledger</c> (W4): what terminals wrote down by hand while they could not take payments.</summary>
internal static class LedgerEndpoints
{
    /// <summary>Rows of one export; whoever needs more asks for less time at once.</summary>
    private const int MostExported = 20_000;

    private const int ExportPage = 2_000;

    public static IServiceCollection AddLedger(this IServiceCollection services) =>
        services.AddSingleton<LedgerViews>();

    public static void MapLedger(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/ledger", List).Needs(Right.Look);
        app.MapGet("/api/v1/ledger/gaps", Gaps).Needs(Right.Look);
        app.MapGet("/api/v1/ledger.csv", Export).Needs(Right.Look);
    }

    private static IResult List(
        Person person,
        Paging page,
        LedgerViews views,
        string? terminal = null,
        string? merchant = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? state = null
    ) =>
        (page.Refusal ?? Checked(state)).Or(() =>
            Results.Json(
                views.List(person, page, new LedgerFilter(terminal, merchant, from, to, state))
            )
        );

    private static IResult Gaps(
        Person person,
        LedgerViews views,
        string? terminal = null,
        string? merchant = null
    ) => Results.Json(new { items = views.Gaps(person, terminal, merchant) });

    private static IResult Export(
        Person person,
        LedgerViews views,
        string? terminal = null,
        string? merchant = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? state = null
    )
    {
        if (Checked(state) is { } wrong)
        {
            return Problems.Of(wrong);
        }
        var filter = new LedgerFilter(terminal, merchant, from, to, state);
        List<LedgerRecordView> all = [];
        for (string? after = ""; after is not null; )
        {
            var page = views.List(person, new Paging(after, ExportPage), filter);
            all.AddRange(page.Items);
            after = page.Next;
            if (all.Count > MostExported)
            {
                return Problems.Of(
                    new Refusal(
                        RefusalKind.TooLarge,
                        "too_large",
                        $"There are more than {MostExported} records; ask for a shorter time with 'from' and 'to'."
                    )
                );
            }
        }
        return Results.File(
            LedgerCsv.Write(all),
            $"{MediaTypeNames.Text.Csv}; charset=utf-8",
            "ledger.csv"
        );
    }

    private static Refusal? Checked(string? state) =>
        state is null || Words.TryParse<RecordState>(state, out _)
            ? null
            : Refusal.Invalid("state", $"Use one of: {Words.All<RecordState>()}.");
}
