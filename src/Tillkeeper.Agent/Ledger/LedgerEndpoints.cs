using System.Globalization;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.LocalApi;
using Tillkeeper.Core;
using Tillkeeper.Core.Device.Ledger;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Ledger;

/// <summary>
/// <c>/local/v1/ledger</c> (W4): payments written down by hand while the terminal cannot take them. Works while everything but
/// <c>manual_ledger</c> is locked; somebody must be signed in wherever somebody could sign in.
/// </summary>
internal static class LedgerEndpoints
{
    private const int MostShown = 100;

    private static readonly Refusal UnknownMethod = Refusal.Invalid(
        "method",
        $"Give one of: {Words.All<LedgerMethod>()}."
    );

    public static void MapLedger(this IEndpointRouteBuilder local)
    {
        local.MapGet("/ledger", Show);
        local.MapPost("/ledger", RecordAsync);
        local.MapPost("/ledger/{number:long}/void", VoidAsync);
    }

    private static IResult Show(HttpRequest request, LedgerDesk desk, Till till, LockViews views)
    {
        if (desk.IsLost)
        {
            return Problems.Lost(request, till, views);
        }
        if (desk.MayLook(request) is { } refused)
        {
            return Problems.Of(refused);
        }
        var state = desk.State;
        var before = long.TryParse(
            request.Query["before"],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : long.MaxValue;
        var older = state.Ledger.Latest.Where(r => r.Number < before).Reverse().ToList();
        return TypedResults.Json(
            new LedgerPage(
                [.. older.Take(MostShown).Select(r => LedgerRecordView.Of(r, state))],
                older.Count > MostShown ? older[MostShown - 1].Number : null
            ),
            LocalJson.Default.LedgerPage
        );
    }

    private static Task<IResult> RecordAsync(
        HttpRequest request,
        LedgerDesk desk,
        Till till,
        LockViews views
    ) => WriteAsync(request, desk, till, views, Payment);

    private static Task<IResult> VoidAsync(
        long number,
        HttpRequest request,
        LedgerDesk desk,
        Till till,
        LockViews views
    ) =>
        WriteAsync(
            request,
            desk,
            till,
            views,
            (typed, by) => new VoidPayment(IdOf(typed), number, by, Line(typed, "note"))
        );

    /// <summary>Null when it names no method.</summary>
    private static RecordPayment? Payment(TypedBody typed, LedgerWriter by) =>
        Words.TryParse<LedgerMethod>(typed.Text("method"), out var method)
            ? new RecordPayment(
                IdOf(typed),
                NewId.Lock(),
                // What is no amount is refused as none.
                typed.Count("amountMinor") ?? 0,
                method,
                by,
                Line(typed, "note"),
                Line(typed, "reference")
            )
            : null;

    private static async Task<IResult> WriteAsync(
        HttpRequest request,
        LedgerDesk desk,
        Till till,
        LockViews views,
        Func<TypedBody, LedgerWriter, ILedgerCommand?> read
    )
    {
        if (desk.IsLost)
        {
            return Problems.Lost(request, till, views);
        }
        if (await TypedBody.ReadAsync(request) is not { } typed)
        {
            return TypedBody.Malformed;
        }
        var (by, wrong) = desk.WriterOf(request, typed);
        if ((LedgerDecisions.MayWrite(desk.State, by) ?? wrong) is { } refused)
        {
            return Refuse(refused, request, desk, views);
        }
        if (read(typed, by) is not { } command)
        {
            return Problems.Of(UnknownMethod);
        }
        var answer = await desk.AskAsync(command);
        if (answer.Refusal is { } no)
        {
            return Refuse(no, request, desk, views);
        }
        // Written now, or before under the same id.
        var record = answer.State.Ledger.Latest.Find(r => r.Id == command.Id)!;
        var isNew = !answer.Events.IsEmpty;
        return TypedResults.Json(
            LedgerRecordView.Of(record, answer.State),
            LocalJson.Default.LedgerRecordView,
            statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK
        );
    }

    private static IResult Refuse(
        Refusal refusal,
        HttpRequest request,
        LedgerDesk desk,
        LockViews views
    )
    {
        var locks = Verdict.Of(desk.State.ActiveLocks, Capability.ManualLedger).Locks;
        return Problems.Of(
            refusal,
            locks: refusal.Kind == RefusalKind.Locked
                ? views.Of(locks, Languages.Of(request))
                : null
        );
    }

    private static string IdOf(TypedBody typed) => typed.Text("id") ?? NewId.Lock();

    private static string? Line(TypedBody typed, string field) =>
        typed.Text(field) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
