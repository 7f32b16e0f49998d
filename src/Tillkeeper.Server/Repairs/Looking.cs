using System.Globalization;
using System.Text;
using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Locks.Texts;
using Tillkeeper.Core.Repairs;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Repairs.Texts;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Repairs;

/// <param name="Repairer">Null once erased.</param>
internal sealed record DispatchView(
    string Company,
    string? Repairer,
    DateTimeOffset? Due,
    bool IdentitySeen
);

internal sealed record CustodyView(
    Holder From,
    Holder To,
    string Condition,
    string? Seal,
    DateTimeOffset At
);

internal sealed record ResultView(
    RepairResult Result,
    string Work,
    IReadOnlyList<PartReplaced> Parts,
    DateTimeOffset At
);

/// <summary>A repair as the API shows it.</summary>
internal sealed record RepairView(
    string Id,
    string TerminalId,
    RepairStatus Status,
    string Part,
    string Fault,
    string? LockId,
    string? CaseId,
    DateTimeOffset OpenedAt,
    WarrantyVerdict Warranty,
    DiagnosisTaken? Diagnosis,
    IReadOnlyList<TestedPart>? SelfTest,
    DispatchView? Dispatch,
    Holder Holder,
    IReadOnlyList<CustodyView> Custody,
    ResultView? Result,
    RepairSelfTested? Tested,
    bool AcceptRequested,
    string NextStep
);

/// <summary>Looking at repairs and at what wears out.</summary>
internal static class Looking
{
    internal sealed record RepairRow(
        string Id,
        string TerminalId,
        string Part,
        string Status,
        string Holder,
        DateTimeOffset OpenedAt,
        string? Serial = null
    );

    internal sealed record WearPartRow(string TerminalId, string Part, string Repair, string DueOn);

    public static IResult List(
        Person person,
        Paging page,
        Database database,
        string? terminal = null,
        string? status = null
    )
    {
        if (status is not null && !Words.TryParse<RepairStatus>(status, out _))
        {
            return Problems.Of(
                Refusal.Invalid("status", $"Use one of: {Words.All<RepairStatus>()}.")
            );
        }
        return page.Refusal.Or(() =>
        {
            var range = Subtree.Of(person, page);
            var rows = database.Read(c =>
                c.Query<(
                    string Id,
                    string Terminal,
                    string Part,
                    string Status,
                    string Holder,
                    long At,
                    string? Serial
                )>(
                        "SELECT r.id, r.terminal, r.part, r.status, r.holder, r.opened_at, t.serial FROM repairs r LEFT JOIN terminals t ON t.id = r.terminal WHERE r.place >= @From AND r.place < @To AND r.id > @After AND (@terminal IS NULL OR r.terminal = @terminal) AND (@status IS NULL OR r.status = @status) ORDER BY r.id LIMIT @Most",
                        new
                        {
                            range.From,
                            range.To,
                            range.After,
                            range.Most,
                            terminal,
                            status,
                        }
                    )
                    .Select(r => new RepairRow(
                        r.Id,
                        r.Terminal,
                        r.Part,
                        r.Status,
                        r.Holder,
                        DateTimeOffset.FromUnixTimeMilliseconds(r.At),
                        r.Serial
                    ))
                    .ToList()
            );
            return Results.Json(page.Cut(rows, r => r.Id));
        });
    }

    public static IResult Show(
        string id,
        Person person,
        RepairAccess access,
        Database database,
        PersonalData personal,
        HttpRequest request
    ) =>
        access.Find(id, person) is { } state
            ? Results.Json(
                Of(state, database, personal, LockExplainer.Choose(request.Headers.AcceptLanguage))
            )
            : Problems.Of(Refusal.NotFound("repair"));

    /// <summary>What wears out and is due before a day, by default within a month: replaced in time, it is no fault.</summary>
    public static IResult WearParts(
        Person person,
        Paging page,
        Database database,
        TimeProvider time,
        DateOnly? before = null
    ) =>
        page.Refusal.Or(() =>
        {
            var range = Subtree.Of(person, page);
            var last = before ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddMonths(1);
            var rows = database.Read(c =>
                c.Query<WearPartRow>(
                        "SELECT w.terminal AS terminalId, w.part, w.repair, w.due_on AS dueOn FROM wear_parts w JOIN terminals t ON t.id = w.terminal WHERE t.place >= @From AND t.place < @To AND w.due_on < @before AND w.terminal || '/' || w.part > @After ORDER BY w.terminal || '/' || w.part LIMIT @Most",
                        new
                        {
                            range.From,
                            range.To,
                            range.After,
                            range.Most,
                            before = last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                        }
                    )
                    .AsList()
            );
            return Results.Json(page.Cut(rows, r => $"{r.TerminalId}/{r.Part}"));
        });

    private static RepairView Of(
        RepairState state,
        Database database,
        PersonalData personal,
        CultureInfo culture
    )
    {
        var opening = state.Opening!;
        return new RepairView(
            state.Id,
            state.Terminal,
            state.Status,
            opening.Part,
            opening.Fault,
            opening.LockId,
            opening.CaseId,
            opening.At,
            state.Warranty!,
            opening.Diagnosis,
            opening.SelfTest,
            state.Dispatch is { } sent
                ? new DispatchView(
                    sent.Company,
                    NameOf(sent, database, personal),
                    sent.Due,
                    state.Identity is not null
                )
                : null,
            state.Holder,
            [
                .. state.Custody.Select(c => new CustodyView(
                    c.From,
                    c.To,
                    c.Condition,
                    c.Seal,
                    c.At
                )),
            ],
            state.Finish is { } done
                ? new ResultView(done.Result, done.Work, done.Parts, done.At)
                : null,
            state.Tested,
            state.AcceptRequestedBy is not null,
            RepairTexts.Of(NextStep(state), culture)
        );
    }

    private static string? NameOf(
        RepairDispatched sent,
        Database database,
        PersonalData personal
    ) =>
        database.Read(c =>
            c.ExecuteScalar<byte[]>(
                "SELECT sealed FROM personal_data WHERE id = @id",
                new { id = sent.RepairerData }
            )
        )
            is { } row
            ? Encoding.UTF8.GetString(personal.Open(sent.RepairerData, row))
            : null;

    /// <summary>Its name among the texts.</summary>
    private static string NextStep(RepairState state) =>
        state switch
        {
            { Status: RepairStatus.Open } => "next.open",
            { Status: RepairStatus.Dispatched, Identity: null } => "next.identify",
            { Status: RepairStatus.Dispatched } => "next.repairing",
            { Status: RepairStatus.Finished, ReturnedAt: null } => "next.coming_back",
            { Status: RepairStatus.Finished, Tested: not { Passed: true } } => "next.self_test",
            { Status: RepairStatus.Finished, AcceptRequestedBy: null } => "next.accept",
            { Status: RepairStatus.Finished } => "next.second",
            { Status: RepairStatus.Unrepairable } => "next.replace",
            _ => "next.settled",
        };
}
