using System.Text;
using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Bindings;
using Tillkeeper.Core.Serialization;
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
        DateTimeOffset ProposedAt
    );

    public IResult List(BindingChangeKind kind, Person person, Paging page) =>
        page.Refusal.Or(() =>
        {
            var range = Subtree.Of(person, page);
            var rows = database.Read(c =>
                c.Query<(string Id, string Terminal, string? NewOne, string Status, long At)>(
                        "SELECT id, terminal, new_terminal, status, proposed_at FROM binding_changes WHERE kind = @kind AND place >= @From AND place < @To AND id > @After ORDER BY id LIMIT @Most",
                        new
                        {
                            kind = Words.Of(kind),
                            range.From,
                            range.To,
                            range.After,
                            range.Most,
                        }
                    )
                    .Select(r => new Row(
                        r.Id,
                        r.Terminal,
                        r.NewOne,
                        r.Status,
                        DateTimeOffset.FromUnixTimeMilliseconds(r.At)
                    ))
                    .ToList()
            );
            return Results.Json(page.Cut(rows, r => r.Id));
        });

    public IResult Show(BindingChangeKind kind, string id, Person person)
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
            ? Results.Json(Of(state, proposal))
            : Problems.Of(Refusal.NotFound(Words.Of(kind)));
    }

    private BindingChangeView Of(BindingChangeState state, BindingChangeProposed proposal) =>
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
            state switch
            {
                { Status: BindingChangeStatus.Proposed } =>
                    "Register the five fields at the acquirer, and record its acknowledgement.",
                { Status: BindingChangeStatus.Acknowledged, ApprovedBy: null } =>
                    "Two people approve, one after the other.",
                { Status: BindingChangeStatus.Acknowledged } => "A second person approves.",
                _ => "Nothing: it is settled.",
            }
        );

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
