using System.Globalization;
using System.Text.Json;
using Dapper;
using Tillkeeper.Server.Merchants;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Cases;

/// <summary>
/// What is on file of the shop of a case, for whoever decides it: enough to lay the papers beside, never what a caller could be told from it.
/// </summary>
/// <param name="Number">Credit code; the number of a person is masked.</param>
/// <param name="Contact">The first character of a name is enough to ask for.</param>
/// <param name="Phone">Masked; shown to be called by a call-back alone.</param>
/// <param name="ContactChangedAt">Whoever wants to be called changes it first.</param>
internal sealed record FileView(
    string MerchantId,
    string Name,
    string IdentityKind,
    string Number,
    string Contact,
    string Phone,
    DateTimeOffset? ContactChangedAt,
    bool HasLegalRepresentative,
    bool HasSettlementAccount
);

/// <summary>Reads the file of the shop that a case belongs to.</summary>
internal sealed class FileViews(Database database, States states, PersonalData personal)
{
    private const string File = """
        SELECT m.id, m.name, m.identity_kind AS kind, m.identity_number AS number, m.personal_data AS dataId, p.sealed
        FROM merchants m JOIN personal_data p ON p.id = m.personal_data WHERE m.id = @merchant
        """;

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Number { get; init; } = "";
        public string DataId { get; init; } = "";
        public byte[] Sealed { get; init; } = [];
    }

    public FileView? Find(string caseId)
    {
        var row = database.Read(c =>
            c.ExecuteScalar<string>("SELECT place FROM cases WHERE id = @caseId", new { caseId })
                is { } place
                ? c.QueryFirstOrDefault<Row>(File, new { merchant = Places.LastOf(place) })
                : null
        );
        if (row is null)
        {
            return null;
        }
        var people = JsonSerializer.Deserialize(
            personal.Open(row.DataId, row.Sealed),
            MerchantJson.Default.MerchantPeople
        )!;
        return new FileView(
            row.Id,
            row.Name,
            row.Kind,
            row.Number,
            StringInfo.GetNextTextElement(people.ContactName) + "**",
            people.ContactPhone.Length > 4 ? PhoneNumber.Mask(people.ContactPhone) : "****",
            states.Find(MerchantStreams.Kind, row.Id)?.ContactChangedAt,
            people.LegalRepresentative is not null,
            people.SettlementLast is not null
        );
    }
}
