using System.Net;
using System.Text;
using Tillkeeper.Core;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Environments;

/// <param name="Networks">At the new place; at least this or <paramref name="Location"/>, or nobody could tell that it has arrived.</param>
internal sealed record MoveBody(
    DateTimeOffset? From,
    DateTimeOffset? Until,
    Location? Location,
    IReadOnlyList<string>? Networks,
    string? Address,
    string? Reason
)
{
    private const int MostNetworks = 32;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(92);

    public Refusal? Check(DateTimeOffset now) =>
        Times(now)
        ?? Http.Check.Text(Address, "address")
        ?? Http.Check.Text(Reason, "reason")
        ?? Place();

    private Refusal? Times(DateTimeOffset now)
    {
        if (From is not { } from || Until is not { } until || until <= from || until <= now)
        {
            return Refusal.Invalid(
                "until",
                "Give from and until; until lies ahead, and after from."
            );
        }
        return until - from <= Longest
            ? null
            : Refusal.Invalid("until", $"A move takes at most {Longest.TotalDays} days.");
    }

    private Refusal? Place()
    {
        if (Location is null && Networks is not { Count: > 0 })
        {
            return Refusal.Invalid(
                "location",
                "Give location or networks of the new place: by one of them the arrival is seen."
            );
        }
        if (
            Networks?.Count > MostNetworks
            || Networks?.Any(n => !IPNetwork.TryParse(n, out _)) == true
        )
        {
            return Refusal.Invalid(
                "networks",
                $"At most {MostNetworks}, each as e.g. 10.1.0.0/16."
            );
        }
        return ProfileBody.CheckLocation(Location);
    }
}

/// <summary>
/// Announcing a move before it happens (W9): between its two days neither environment nor place locks at the announced place, and the
/// first sighting there makes it the registered one. One at a time. Whoever does not keep the register asks for it (<see cref="MoveApproval"/>).
/// </summary>
internal static class MoveEndpoints
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(5 * 365);

    public static async Task<IResult> Announce(
        string id,
        MoveBody body,
        Person person,
        Appender appender,
        PersonalData personalData,
        EnvironmentWatch watch
    )
    {
        var move = Ids.New();
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (TerminalAccess.Find(work, id, person) is null)
                {
                    return Refusal.NotFound("terminal");
                }
                var known = work.Load(WhereaboutsStreams.Kind, id);
                if (
                    known.Move is { } other && other.Until > work.Now
                    || known.Requested is { Request: var asked } && asked.Until > work.Now
                )
                {
                    return Refusal.Conflict(
                        "move_exists",
                        "A move is announced or asked for already; withdraw it first."
                    );
                }
                if (body.Check(work.Now) is { } wrong)
                {
                    return wrong;
                }
                Append(work, id, move, body, person, personalData);
                return null;
            }
        );
        watch.LookAgain(id);
        return refusal.Or(() =>
            Results.Json(
                new { id = move, status = MayAnnounce(person) ? "approved" : "requested" },
                statusCode: 201
            )
        );
    }

    public static async Task<IResult> Withdraw(
        string id,
        Person person,
        Appender appender,
        EnvironmentWatch watch
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (TerminalAccess.Find(work, id, person) is null)
                {
                    return Refusal.NotFound("terminal");
                }
                var known = work.Load(WhereaboutsStreams.Kind, id);
                if ((known.Move?.Id ?? known.Requested?.Request.Move) is not { } move)
                {
                    return Refusal.NotFound("move");
                }
                work.Append(id, new MoveWithdrawn(move, person.Id));
                return null;
            }
        );
        watch.LookAgain(id);
        return refusal.Or(() => Results.NoContent());
    }

    /// <summary>Whoever keeps the register announces; everybody else asks.</summary>
    private static bool MayAnnounce(Person person) =>
        Rights.May(person.Role, Right.ManageTerminals);

    private static void Append(
        Work work,
        string id,
        string move,
        MoveBody body,
        Person person,
        PersonalData personalData
    )
    {
        var dataId = Ids.New();
        var address = personalData.Seal(dataId, Encoding.UTF8.GetBytes(body.Address!.Trim()));
        var asked = new MoveRequested(
            move,
            body.From!.Value,
            body.Until!.Value,
            dataId,
            address.Commitment,
            body.Reason!,
            person.Id,
            body.Location,
            body.Networks is { Count: > 0 } networks ? networks : null
        );
        work.Append(id, MayAnnounce(person) ? MoveApproval.Announce(asked) : asked);
        var until = (work.Now + Retention).ToUnixTimeMilliseconds();
        work.Beside(v =>
            v.Write("INSERT INTO personal_data VALUES ($1, $2, $3)", dataId, address.Row, until)
        );
    }
}
