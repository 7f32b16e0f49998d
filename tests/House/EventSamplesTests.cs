using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.House;

/// <summary>
/// The names and shapes of events are a promise: what is in a log must be readable for ever. A changed shape is a new name.
/// </summary>
public sealed class EventSamplesTests
{
    private static readonly EventCatalogue[] Catalogues =
    [
        EventCatalogue.Device,
        EventCatalogue.Terminal,
        EventCatalogue.Case,
        EventCatalogue.Campaign,
        EventCatalogue.Repair,
        EventCatalogue.BindingChange,
    ];

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string Folder = Repository.PathTo("contracts", "events");

    private static IEnumerable<(EventCatalogue Catalogue, string Name)> Names =>
        Catalogues.SelectMany(c => c.Names.Select(n => (c, n)));

    public EventSamplesTests()
    {
        if (Repository.IsUpdate)
        {
            WriteMissing();
        }
    }

    [Fact]
    public void An_event_name_is_words_and_a_version() =>
        Assert.All(Names, n => Assert.Matches(@"^[a-z_]+(\.[a-z_]+)+\.v[0-9]+$", n.Name));

    [Fact]
    public void An_event_name_is_used_once() =>
        Assert.Equal(Names.Count(), Names.Select(n => n.Name).Distinct().Count());

    [Fact]
    public void Every_event_has_a_sample_and_every_sample_an_event() =>
        Assert.True(
            Names
                .Select(n => n.Name)
                .Order(StringComparer.Ordinal)
                .SequenceEqual(
                    Directory
                        .EnumerateFiles(Folder)
                        .Select(f => Path.GetFileNameWithoutExtension(f))
                        .Order(StringComparer.Ordinal)
                ),
            $"contracts/events and the catalogues differ. {Repository.HowTo}"
        );

    [Fact]
    public void Every_sample_is_read_and_written_again_without_a_difference() =>
        Assert.All(
            Names,
            n =>
            {
                var sample = File.ReadAllBytes(Path.Combine(Folder, n.Name + ".json"));
                var was = JsonNode.Parse(sample)!;
                var again = JsonNode.Parse(n.Catalogue.Write(n.Catalogue.Read(n.Name, sample)))!;
                ForgetNewerRules(was, again);
                Assert.True(
                    JsonNode.DeepEquals(was, again),
                    $"{n.Name} was {was} and became {again}"
                );
            }
        );

    /// <summary>A policy says each rule that this version knows; the sample was written before there were some of them.</summary>
    private static void ForgetNewerRules(JsonNode was, JsonNode again)
    {
        if (was is not JsonObject members || again is not JsonObject written)
        {
            return;
        }
        foreach (var (key, value) in members)
        {
            if (key == "policy" && value is JsonObject policy && written[key] is JsonObject now)
            {
                foreach (
                    var rule in now.Select(r => r.Key).Except(policy.Select(r => r.Key)).ToList()
                )
                {
                    now.Remove(rule);
                }
            }
            else if (value is not null && written[key] is { } inner)
            {
                ForgetNewerRules(value, inner);
            }
        }
    }

    [Fact]
    public void A_damaged_sample_is_read_or_refused_and_never_crashes_a_reader()
    {
        var random = new Random(20260301);
        foreach (var (catalogue, name) in Names)
        {
            var sample = File.ReadAllText(Path.Combine(Folder, name + ".json"));
            for (var i = 0; i < 200; i++)
            {
                var damaged = Damage(JsonNode.Parse(sample)!, random);
                catalogue.TryRead(name, JsonSerializer.SerializeToElement(damaged));
            }
        }
    }

    /// <summary>Puts something that does not belong there into one place.</summary>
    private static JsonNode? Damage(JsonNode node, Random random)
    {
        JsonNode?[] strange =
        [
            null,
            -1,
            1e300,
            "",
            "\ud800",
            "x",
            true,
            new JsonArray(1),
            new JsonObject(),
        ];
        var other = strange[random.Next(strange.Length)];
        switch (node)
        {
            case JsonObject { Count: > 0 } members when random.Next(8) > 0:
                var key = members.Select(m => m.Key).ElementAt(random.Next(members.Count));
                var inside = members[key];
                if (random.Next(4) == 0)
                {
                    members.Remove(key);
                }
                else
                {
                    members[key] = inside is null ? other : Damage(inside.DeepClone(), random);
                }
                return members;
            case JsonArray { Count: > 0 } items when random.Next(8) > 0:
                var at = random.Next(items.Count);
                items[at] = items[at] is { } item ? Damage(item.DeepClone(), random) : other;
                return items;
            default:
                return other;
        }
    }

    private static void WriteMissing()
    {
        Directory.CreateDirectory(Folder);
        foreach (var sample in EventSamples.All)
        {
            var catalogue = Catalogues.Single(c =>
                c.Names.Any(n => c.InfoOf(n).Type == sample.GetType())
            );
            var file = Path.Combine(Folder, catalogue.NameOf(sample) + ".json");
            if (!File.Exists(file))
            {
                var json = JsonNode.Parse(catalogue.Write(sample))!.ToJsonString(Readable);
                File.WriteAllText(file, json + "\n");
            }
        }
    }
}
