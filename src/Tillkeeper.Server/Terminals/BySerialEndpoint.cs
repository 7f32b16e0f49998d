using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Terminals;

/// <summary><c>GET /api/v1/terminals/by-serial/{serial}</c>: which terminal it is, for whoever has nothing but its label.</summary>
internal static class BySerialEndpoint
{
    private sealed record Found(string Id, string Serial, string MerchantId, string Model);

    public static void MapBySerial(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/terminals/by-serial/{serial}", Show).Needs(Right.Look);

    private static IResult Show(string serial, Person person, Database database)
    {
        _ = SerialNumber.TryNormalise(serial, out var normal, out _);
        var row = database.Read(c =>
            c.QueryFirstOrDefault<(
                string Id,
                string Serial,
                string Merchant,
                string Place,
                string Model
            )>(
                "SELECT id, serial, merchant, place, model FROM terminals WHERE serial = @serial",
                new { serial = normal }
            )
        );
        return row.Id is not null && person.Sees(row.Place)
            ? Results.Json(new Found(row.Id, row.Serial, row.Merchant, row.Model))
            : Problems.Of(Refusal.NotFound("terminal"));
    }
}
