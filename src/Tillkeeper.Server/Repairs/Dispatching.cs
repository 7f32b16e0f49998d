using System.Text;
using Tillkeeper.Core;
using Tillkeeper.Core.Repairs;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Repairs;

/// <summary>Who comes, whether it is them (PCI DSS 4.0 9.5.1.3), and in whose hands the terminal is.</summary>
internal static class Dispatching
{
    /// <summary>How long the name of a repairer is kept: as long as a dispute about a swapped terminal may take.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);
    private const int LongestSeal = 64;

    internal sealed record DispatchBody(string? Company, string? Repairer, DateTimeOffset? Due);

    internal sealed record IdentityBody(string? Proof);

    internal sealed record CustodyBody(string? From, string? To, string? Condition, string? Seal);

    public static async Task<IResult> Dispatch(
        string id,
        DispatchBody body,
        Person person,
        Appender appender,
        PersonalData personal
    )
    {
        var dataId = Ids.New();
        var name = personal.Seal(dataId, Encoding.UTF8.GetBytes(body.Repairer?.Trim() ?? ""));
        var dispatch = new RepairDispatched(
            body.Company?.Trim() ?? "",
            dataId,
            name.Commitment,
            person.Id,
            body.Due
        );
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                var refused = work.DecideRepair(
                    id,
                    person,
                    new DispatchRepair(dispatch),
                    () =>
                        Check.Name(body.Company, "company") ?? Check.Name(body.Repairer, "repairer")
                );
                if (refused is null)
                {
                    var until = (work.Now + Kept).ToUnixTimeMilliseconds();
                    work.Beside(v =>
                        v.Write(
                            "INSERT INTO personal_data VALUES ($1, $2, $3)",
                            dataId,
                            name.Row,
                            until
                        )
                    );
                }
                return refused;
            }
        );
        return refusal.Or(() => Results.NoContent());
    }

    public static async Task<IResult> Identify(
        string id,
        IdentityBody body,
        Person person,
        Appender appender
    )
    {
        var known = Words.TryParse<RepairerProof>(body.Proof, out var proof);
        var refusal = await appender.Run(
            person.Act,
            work =>
                work.DecideRepair(
                    id,
                    person,
                    new IdentifyRepairer(proof, person.Id),
                    () =>
                        known
                            ? null
                            : Refusal.Invalid(
                                "proof",
                                $"Say what you have seen: {Words.All<RepairerProof>()}."
                            )
                )
        );
        return refusal.Or(() => Results.NoContent());
    }

    public static async Task<IResult> HandOver(
        string id,
        CustodyBody body,
        Person person,
        Appender appender
    )
    {
        var knownFrom = Words.TryParse<Holder>(body.From, out var from);
        var knownTo = Words.TryParse<Holder>(body.To, out var to);
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (RepairAccess.Find(work, id, person) is null)
                {
                    return Refusal.NotFound("repair");
                }
                if (!knownFrom || !knownTo)
                {
                    return Refusal.Invalid(
                        knownFrom ? "to" : "from",
                        $"Use one of: {Words.All<Holder>()}."
                    );
                }
                return work.DecideRepair(
                    id,
                    person,
                    new HandOver(from, to, body.Condition?.Trim() ?? "", person.Id, body.Seal),
                    () => Check.Text(body.Condition, "condition") ?? CheckSeal(body.Seal)
                );
            }
        );
        return refusal.Or(() => Results.NoContent());
    }

    private static Refusal? CheckSeal(string? seal) =>
        seal?.Length > LongestSeal
            ? Refusal.Invalid("seal", $"Use at most {LongestSeal} characters.")
            : Check.Optional(seal, "seal");
}
