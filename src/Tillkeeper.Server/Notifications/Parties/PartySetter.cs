using System.Text.Json;
using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Notifications.Parties;

/// <summary>Keeps what a party asked for; a changed address of a merchant is told at the old one too.</summary>
internal sealed class PartySetter(
    Appender appender,
    PartyBook parties,
    PersonalData personalData,
    Notifier notifier
)
{
    /// <summary>How long addresses are kept unless they are renewed.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(5 * 365);

    public async Task<IResult> Set(
        Person person,
        Func<PartyBook, Views, Party?> find,
        string what,
        PartyEndpoints.SetBody body
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (find(parties, work.Views) is not { } party || !person.Sees(party.Place))
                {
                    return Refusal.NotFound(what);
                }
                body = body.KeepEmail ? body with { Email = party.Email } : body;
                if (PartyEndpoints.Checked(body, party, party.Id, out var set) is { } wrong)
                {
                    return wrong;
                }
                if (
                    party.Audience == Audience.Merchant
                    && party.Email is { } old
                    && old != body.Email
                )
                {
                    notifier.TellContactChanged(work, party.Id);
                }
                Keep(work, party, body, set);
                return null;
            }
        );
        return refusal.Or(() => Results.NoContent());
    }

    private void Keep(Work work, Party party, PartyEndpoints.SetBody body, PartySet set)
    {
        var before = work.Load(PartyStreams.Kind, party.Id).PersonalData;
        if (before is not null)
        {
            work.Beside(v => v.Write("DELETE FROM personal_data WHERE id = $1", before));
        }
        if (body.Email is not null || body.Phone is not null)
        {
            var id = Ids.New();
            var data = personalData.Seal(
                id,
                JsonSerializer.SerializeToUtf8Bytes(
                    new PartyContact(body.Email, body.Phone),
                    PartyJson.Default.PartyContact
                )
            );
            set = set with { PersonalData = id, Commitment = data.Commitment };
            var until = (work.Now + Retention).ToUnixTimeMilliseconds();
            work.Beside(v =>
                v.Write("INSERT INTO personal_data VALUES ($1, $2, $3)", id, data.Row, until)
            );
        }
        work.Append(PartyStreams.Kind, party.Id, party.Id, [set]);
    }
}
