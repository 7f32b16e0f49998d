using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Crisis;

/// <summary>How common a property is in the whole fleet. Counted once each, when it is asked for.</summary>
internal sealed class FleetShares(Views views, Presence presence)
{
    private const string EnrolledOnly = "FROM terminals t JOIN enrolled e ON e.terminal = t.id";
    private readonly int fleet = Crises.Fleet(views);

    /// <summary>0 to 1; null for what is known of locked terminals alone.</summary>
    public double? Of(string name, string value) =>
        name switch
        {
            _ when fleet == 0 => null,
            "version" => Share($"SELECT count(*) {EnrolledOnly} WHERE t.version = $1", value),
            "model" => Share($"SELECT count(*) {EnrolledOnly} WHERE t.model = $1", value),
            "merchant" => Share($"SELECT count(*) {EnrolledOnly} WHERE t.merchant = $1", value),
            "org" => Share(
                $"SELECT count(*) {EnrolledOnly} WHERE t.place >= $1 AND t.place < $2",
                PlaceOf(value),
                PlaceOf(value) + "\uFFFF"
            ),
            "network" => presence.ShareIn(value),
            _ => null,
        };

    private string PlaceOf(string org) =>
        (string?)views.Scalar("SELECT place FROM orgs WHERE id = $1", org) ?? "-";

    private double Share(string sql, params ReadOnlySpan<object?> values) =>
        Math.Round((long)views.Scalar(sql, values)! / (double)fleet, 4);
}
