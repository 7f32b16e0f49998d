using System.Globalization;

namespace Tillkeeper.Server.Console.Campaigns;

/// <summary>A campaign as it is typed, and as the API takes it.</summary>
internal sealed record CampaignForm(IFormCollection? Typed = null)
{
    /// <summary>Groups that the page has room for; the API takes more.</summary>
    public const int Groups = 4;

    public static IReadOnlyList<string> Days { get; } =
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    private static readonly string[][] Default =
    [
        ["1", "100", "10"],
        ["10", "95", "5"],
        ["100", "95", "5"],
    ];

    /// <summary>What stands in a field: as it was typed, or as it is when nobody has typed yet.</summary>
    public string this[string name] =>
        Typed is null ? DefaultOf(name) : Typed[name].ToString().Trim();

    public bool Has(string name, string value) =>
        Typed is not null && Typed[name].Contains(value, StringComparer.Ordinal);

    public object Body =>
        new
        {
            name = this["name"],
            artifact = this["artifact"],
            selector = new
            {
                merchantId = Given("merchant"),
                org = Given("org"),
                model = Given("model"),
                version = Given("version"),
                terminals = Given("terminals")
                    ?.Split(
                        ['\n', ',', ' ', '\r'],
                        StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                    ),
            },
            groups = Enumerable
                .Range(0, Groups)
                .Where(i => Given($"share{i}") is not null)
                .Select(i => new
                {
                    share = Share($"share{i}"),
                    success = Share($"success{i}"),
                    error = Share($"error{i}"),
                }),
            window = Given("from") is { } from
                ? new
                {
                    days = Typed?["days"].ToArray(),
                    from,
                    duration = $"PT{Whole("hours")}H",
                    zone = Given("zone"),
                }
                : null,
            forcedAfter = Given("forced") is null ? null : $"P{Whole("forced")}D",
            downgrade = Has("downgrade", "true"),
            reason = Given("reason"),
        };

    private string? Given(string name) => this[name] is { Length: > 0 } text ? text : null;

    private double? Share(string name) =>
        double.TryParse(this[name], NumberStyles.Float, CultureInfo.InvariantCulture, out var share)
            ? share / 100
            : null;

    private int Whole(string name) =>
        int.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    private static string DefaultOf(string name)
    {
        for (var i = 0; i < Default.Length; i++)
        {
            var at = Array.IndexOf([$"share{i}", $"success{i}", $"error{i}"], name);
            if (at >= 0)
            {
                return Default[i][at];
            }
        }
        return name switch
        {
            "hours" => "3",
            "zone" => "Asia/Shanghai",
            _ => "",
        };
    }
}
