using System.Globalization;
using System.Text;
using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Bindings;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Bindings.Texts;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Bindings;

/// <param name="AddressOfUse">Null once erased.</param>
internal sealed record RegistrationView(
    string AcquirerCode,
    string MerchantCode,
    string CreditCode,
    string SettlementAccount,
    string? AddressOfUse
);

internal sealed record BindingChangeView(
    string Id,
    BindingChangeStatus Status,
    string TerminalId,
    string? NewTerminalId,
    string? CaseId,
    string? LockId,
    IReadOnlyList<RegistrationView> Registrations,
    string? Reference,
    DateTimeOffset ProposedAt,
    bool Approved,
    string NextStep
);

/// <summary>Looks at replacements and relocations.</summary>
internal sealed class BindingChangeViews(Database database, States states, PersonalData personal)
{
    internal sealed record Row(
        string Id,
        string TerminalId,
        string? NewTerminalId,
        string Status,
        DateTimeOffset ProposedAt,
        string? Serial = null
    );

    public IResult List(
        BindingChangeKind kind,
        Person person,
        Paging page,
        string? status = null
    ) =>
        (
            status is not null && !Words.TryParse<BindingChangeStatus>(status, out _)
                ? Refusal.Invalid("status", $"Use one of: {Words.All<BindingChangeStatus>()}.")
                : page.Refusal
        ).Or(() =>
        {
            var range = Subtree.Of(person, page);
            var rows = database.Read(c =>
                c.Query<(
                    string Id,
                    string Terminal,
                    string? NewOne,
                    string Status,
                    long At,
                    string? Serial
                )>(
                        "SELECT b.id, b.terminal, b.new_terminal, b.status, b.proposed_at, t.serial FROM binding_changes b LEFT JOIN terminals t ON t.id = b.terminal WHERE b.kind = @kind AND b.place >= @From AND b.place < @To AND b.id > @After AND (@status IS NULL OR b.status = @status) ORDER BY b.id LIMIT @Most",
                        new
                        {
                            kind = Words.Of(kind),
                            range.From,
                            range.To,
                            range.After,
                            range.Most,
                            status,
                        }
                    )
                    .Select(r => new Row(
                        r.Id,
                        r.Terminal,
                        r.NewOne,
                        r.Status,
                        DateTimeOffset.FromUnixTimeMilliseconds(r.At),
                        r.Serial
                    ))
                    .ToList()
            );
            return Results.Json(page.Cut(rows, r => r.Id));
        });

    public IResult Show(BindingChangeKind kind, string id, Person person, CultureInfo culture)
    {
        var place = database.Read(c =>
            c.ExecuteScalar<string>(
                "SELECT place FROM binding_changes WHERE id = @id AND kind = @kind",
                new { id, kind = Words.Of(kind) }
            )
        );
        return
            place is not null
            && person.Sees(place)
            && states.Find(BindingChangeStreams.Kind, id) is { Proposal: { } proposal } state
            ? Results.Json(Of(state, proposal, culture))
            : Problems.Of(Refusal.NotFound(Words.Of(kind)));
    }

    private BindingChangeView Of(
        BindingChangeState state,
        BindingChangeProposed proposal,
        CultureInfo culture
    ) =>
        new(
            state.Id,
            state.Status,
            proposal.Terminal,
            proposal.NewTerminal,
            proposal.CaseId,
            proposal.LockId,
            [
                .. proposal.Registrations.Select(r => new RegistrationView(
                    r.AcquirerCode,
                    r.MerchantCode,
                    r.CreditCode,
                    r.SettlementAccount,
                    AddressOf(r)
                )),
            ],
            state.Acknowledgement?.Reference,
            proposal.At,
            state.ApprovedBy is not null,
            BindingTexts.Of(NextStep(state), culture)
        );

    /// <summary>Its name among the texts.</summary>
    private static string NextStep(BindingChangeState state) =>
        state switch
        {
            { Status: BindingChangeStatus.Proposed } => "next.register",
            { Status: BindingChangeStatus.Acknowledged, ApprovedBy: null } => "next.approve",
            { Status: BindingChangeStatus.Acknowledged } => "next.second",
            _ => "next.settled",
        };

    private string? AddressOf(Reregistration registration) =>
        database.Read(c =>
            c.ExecuteScalar<byte[]>(
                "SELECT sealed FROM personal_data WHERE id = @id",
                new { id = registration.AddressData }
            )
        )
            is { } row
            ? Encoding.UTF8.GetString(personal.Open(registration.AddressData, row))
            : null;
}
