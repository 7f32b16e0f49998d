using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Merchants;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Cases;

/// <summary>
/// <c>POST /api/v1/cases/{id}/comparison</c>: what the papers and the caller say, field by field beside the merchant's file. The answer
/// tells how alike they are and never what is on file; a case takes ten, so that nobody finds it out by trying.
/// </summary>
internal static class ComparisonEndpoint
{
    /// <param name="Number">Credit code or ID number.</param>
    /// <param name="SettlementLast">The last four digits of the account.</param>
    internal sealed record Presented(
        string? Name,
        string? Number,
        string? LegalRepresentative,
        string? Serial,
        string? Model,
        string? SettlementLast
    );

    public static void MapComparison(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/cases/{id}/comparison", Compare).Needs(Right.DecideCases);

    private static async Task<IResult> Compare(
        string id,
        Presented body,
        Person person,
        Appender appender,
        CaseFile files
    )
    {
        IReadOnlyList<FieldMatch> fields = [];
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                var (state, refused) = CaseRights.ToDecide(work, id, person);
                if (state is null)
                {
                    return refused;
                }
                var terminal = work.Load(TerminalStreams.Kind, state.Terminal);
                fields = Fields(body, files.Find(work, id), terminal);
                return work.Decide(
                    CaseStreams.Kind,
                    id,
                    state.Terminal,
                    s =>
                        CaseDecisions.Decide(
                            s,
                            new CompareIdentity(new IdentityCompared(fields, person.Id)),
                            work.Now
                        )
                ).Refusal;
            }
        );
        return refusal.Or(() => Results.Json(new { id, fields }));
    }

    private static List<FieldMatch> Fields(
        Presented given,
        MerchantFile? file,
        TerminalState terminal
    ) =>
        [
            new("name", Likenesses.Of(given.Name, file?.Name)),
            new("number", Likenesses.Of(given.Number, file?.Number)),
            new(
                "legal_representative",
                Likenesses.Of(given.LegalRepresentative, file?.People.LegalRepresentative)
            ),
            new("serial", Likenesses.Of(given.Serial, terminal.Serial)),
            new("model", Likenesses.Of(given.Model, terminal.Profile?.Model)),
            new(
                "settlement_last",
                Likenesses.Of(given.SettlementLast, file?.People.SettlementLast, exact: true)
            ),
        ];
}
