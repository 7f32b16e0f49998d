using System.Text.Json;
using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Notifications;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Merchants;

/// <summary>
/// What is on file of a merchant's people: whom to call, who represents the shop, where its takings go. Read for a comparison or a
/// call-back alone; a change of the contact is remembered, because whoever wants to be called changes it first.
/// </summary>
/// <param name="DataId">Another one after each change.</param>
/// <param name="Number">Credit code or ID number.</param>
internal sealed record MerchantFile(
    string DataId,
    string Name,
    string Number,
    MerchantPeople People,
    DateTimeOffset? ContactChangedAt
)
{
    private const int LastDigits = 4;

    internal sealed record FileBody(
        MerchantEndpoints.Contact? Contact,
        string? LegalRepresentative,
        string? SettlementLast,
        string? Reason
    );

    /// <summary>The file; null when there is no such merchant or its people were erased.</summary>
    public static MerchantFile? Find(Work work, string merchant, PersonalData personal)
    {
        var rows = work.Views.Query(
            "SELECT m.personal_data, m.name, m.identity_number, p.sealed FROM merchants m JOIN personal_data p ON p.id = m.personal_data WHERE m.id = $1",
            r => (r.GetString(0), r.GetString(1), r.GetString(2), (byte[])r.GetValue(3)),
            merchant
        );
        if (rows is not [var (dataId, name, number, row)])
        {
            return null;
        }
        var people = JsonSerializer.Deserialize(
            personal.Open(dataId, row),
            MerchantJson.Default.MerchantPeople
        )!;
        var changed = work.Load(MerchantStreams.Kind, merchant).ContactChangedAt;
        return new MerchantFile(dataId, name, people.IdentityNumber ?? number, people, changed);
    }

    /// <summary><c>PUT /api/v1/merchants/{id}/file</c>: what is left out stays as it is.</summary>
    public static async Task<IResult> Change(
        string id,
        FileBody body,
        Person person,
        Appender appender,
        PersonalData personal,
        Notifier notifier
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work => Change(work, id, body, person, personal, notifier)
        );
        return refusal.Or(Results.NoContent);
    }

    private static Refusal? Change(
        Work work,
        string id,
        FileBody body,
        Person person,
        PersonalData personal,
        Notifier notifier
    )
    {
        if (Places.OfMerchant(work.Views, id, person) is null)
        {
            return Refusal.NotFound("merchant");
        }
        if (Find(work, id, personal) is not { } file)
        {
            return new Refusal(RefusalKind.Gone, "erased", "What was on file has been erased.");
        }
        if (Checked(body) is { } wrong)
        {
            return wrong;
        }
        var people = file.People with
        {
            ContactName = body.Contact?.Name?.Trim() ?? file.People.ContactName,
            ContactPhone = body.Contact?.Phone?.Trim() ?? file.People.ContactPhone,
            LegalRepresentative =
                body.LegalRepresentative?.Trim() ?? file.People.LegalRepresentative,
            SettlementLast = body.SettlementLast ?? file.People.SettlementLast,
        };
        var isOther =
            people.ContactName != file.People.ContactName
            || people.ContactPhone != file.People.ContactPhone;
        if (isOther)
        {
            notifier.TellContactChanged(work, id);
        }
        Keep(work, id, file.DataId, people, isOther, person.Id, body.Reason!.Trim(), personal);
        return null;
    }

    private static void Keep(
        Work work,
        string id,
        string former,
        MerchantPeople people,
        bool contactChanged,
        string person,
        string reason,
        PersonalData personal
    )
    {
        var dataId = Ids.New();
        var data = personal.Seal(
            dataId,
            JsonSerializer.SerializeToUtf8Bytes(people, MerchantJson.Default.MerchantPeople)
        );
        work.Append(
            MerchantStreams.Kind,
            id,
            id,
            [
                new MerchantFileChanged(
                    dataId,
                    data.Commitment,
                    contactChanged,
                    person,
                    reason,
                    work.Now
                ),
            ]
        );
        var until = (work.Now + MerchantEndpoints.Retention).ToUnixTimeMilliseconds();
        work.Beside(v =>
        {
            v.Write("INSERT INTO personal_data VALUES ($1, $2, $3)", dataId, data.Row, until);
            v.Write("DELETE FROM personal_data WHERE id = $1", former);
        });
    }

    private static Refusal? Checked(FileBody body)
    {
        if (
            body.SettlementLast is { } last
            && (last.Length != LastDigits || !last.All(char.IsAsciiDigit))
        )
        {
            return Refusal.Invalid("settlementLast", "Give the last four digits alone.");
        }
        return (
                body.Contact is { } contact
                    ? Check.Name(contact.Name, "contact.name")
                        ?? Check.Name(contact.Phone, "contact.phone")
                    : null
            )
            ?? (
                body.LegalRepresentative is { } name
                    ? Check.Name(name, "legalRepresentative")
                    : null
            )
            ?? Check.Text(body.Reason, "reason");
    }

    /// <summary>Says nothing, so that no log line can say too much.</summary>
    public override string ToString() => nameof(MerchantFile);
}
