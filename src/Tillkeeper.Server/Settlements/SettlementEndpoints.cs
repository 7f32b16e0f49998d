using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Tillkeeper.Core;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Settlements;

/// <summary>
/// <c>/api/v1/settlements</c> (W4): settlement files against what was written down by hand. A file is read by the mapping of its acquirer,
/// which is given once.
/// </summary>
internal static class SettlementEndpoints
{
    private static readonly Refusal NoMapping = Refusal.Conflict(
        "mapping_missing",
        "Nobody has said how this acquirer's files are read; the provider sets a mapping first."
    );

    internal sealed record ImportedView(
        string Id,
        int Lines,
        int Matched,
        int Duplicates,
        int Skipped
    );

    public static IServiceCollection AddSettlements(this IServiceCollection services) =>
        services.AddSingleton<SettlementViews>();

    public static void MapSettlements(this IEndpointRouteBuilder app)
    {
        app.MapPut("/api/v1/settlement-mappings/{acquirer}", SetMapping)
            .Needs(Right.ManageMerchants);
        app.MapGet("/api/v1/settlement-mappings/{acquirer}", ShowMapping)
            .Needs(Right.ReconcileLedger);
        app.MapPost("/api/v1/settlements", Import)
            .Needs(Right.ReconcileLedger)
            .WithMetadata(new RequestSizeLimitAttribute(Upload.KestrelBytes));
        app.MapGet("/api/v1/settlements", List).Needs(Right.Look);
        app.MapGet("/api/v1/settlements/{id}", Show).Needs(Right.Look);
        app.MapGet("/api/v1/settlements/{id}/lines", ShowLines).Needs(Right.Look);
        app.MapPost("/api/v1/settlements/{id}/match", Match).Needs(Right.ReconcileLedger);
        app.MapPost("/api/v1/ledger/{id}/judgement", Judgement.Judge).Needs(Right.ReconcileLedger);
    }

    private static async Task<IResult> SetMapping(
        string acquirer,
        SettlementMapping body,
        Person person,
        Appender appender
    )
    {
        if (!person.IsProvider)
        {
            return Problems.Of(
                Refusal.Forbidden("How files are read is the provider's to say.", "provider_only")
            );
        }
        var refusal = Check.Name(acquirer, "acquirer") ?? body.Check();
        return refusal is not null
            ? Problems.Of(refusal)
            : await appender.Run(
                person.Act,
                work =>
                {
                    work.Append(
                        SettlementStreams.Mappings,
                        acquirer,
                        acquirer,
                        [new MappingSet(acquirer, body, person.Id)]
                    );
                    return Results.NoContent();
                }
            );
    }

    private static IResult ShowMapping(string acquirer, SettlementViews views) =>
        views.Mapping(acquirer) is { } mapping
            ? Results.Json(mapping)
            : Problems.Of(Refusal.NotFound("mapping"));

    private static async Task<IResult> Import(
        HttpRequest request,
        Person person,
        Appender appender,
        SettlementViews views,
        CancellationToken cancel,
        string? merchant = null,
        string? acquirer = null,
        string? name = null
    )
    {
        var place = await appender.Run(
            person.Act,
            work => Places.OfMerchant(work.Views, merchant ?? "", person),
            cancel
        );
        if (place is null)
        {
            return Problems.Of(Refusal.NotFound("merchant"));
        }
        if (views.Mapping(acquirer ?? "") is not { } mapping)
        {
            return Problems.Of(NoMapping);
        }
        var upload = await Upload.Read(request, cancel);
        if ((upload.Refusal ?? TooLarge(upload) ?? Check.Name(name, "name")) is { } wrong)
        {
            return Problems.Of(wrong);
        }
        var file = SettlementFile.Read(upload.Content, mapping);
        if (file.Refusal is { } unreadable)
        {
            return Problems.Of(unreadable);
        }
        var imported = new SettlementImported(
            Ids.New(),
            place,
            acquirer!,
            name!,
            Convert.ToHexStringLower(SHA256.HashData(upload.Content)),
            file.Lines.Count,
            file.Lines.Min(l => l.At),
            file.Lines.Max(l => l.At),
            person.Id
        );
        var window = mapping.Window ?? SettlementMapping.UsualWindow;
        var (duplicates, matched, refusal) = await appender.Run(
            person.Act,
            work => Reconciliation.Import(work, merchant!, imported, file, window),
            cancel
        );
        return refusal.Or(() =>
            Results.Json(
                new ImportedView(
                    imported.Settlement,
                    file.Lines.Count,
                    matched,
                    duplicates,
                    file.Skipped
                ),
                statusCode: 201
            )
        );
    }

    private static IResult List(
        Person person,
        Paging page,
        SettlementViews views,
        string? merchant = null
    ) => page.Refusal.Or(() => Results.Json(views.List(person, page, merchant)));

    private static IResult Show(string id, Person person, SettlementViews views) =>
        views.Find(id, person) is { } settlement
            ? Results.Json(settlement)
            : Problems.Of(Refusal.NotFound("settlement"));

    private static IResult ShowLines(
        string id,
        Person person,
        Paging page,
        SettlementViews views,
        bool unmatched = false
    ) =>
        views.Find(id, person) is null
            ? Problems.Of(Refusal.NotFound("settlement"))
            : page.Refusal.Or(() => Results.Json(views.Lines(id, page, unmatched)));

    private static async Task<IResult> Match(
        string id,
        Person person,
        Appender appender,
        SettlementViews views
    )
    {
        if (views.Find(id, person) is not { } settlement)
        {
            return Problems.Of(Refusal.NotFound("settlement"));
        }
        var window = views.Mapping(settlement.Acquirer)?.Window ?? SettlementMapping.UsualWindow;
        var matched = await appender.Run(
            person.Act,
            work => Reconciliation.Match(work, settlement.MerchantId, id, window)
        );
        return Results.Json(new { matched });
    }

    private static Refusal? TooLarge(Upload upload) =>
        upload.Content.Length > SettlementFile.MostBytes
            ? new Refusal(
                RefusalKind.TooLarge,
                "too_large",
                $"A file has at most {SettlementFile.MostBytes / 1024 / 1024} MiB; cut it."
            )
            : null;
}
