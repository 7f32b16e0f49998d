using Microsoft.Data.Sqlite;

namespace Tillkeeper.Server.Tests.Audit;

/// <summary>One change of one value of one event, two thousand times over: each is found at its place.</summary>
public sealed class MutationTests(RecordedLog log) : IClassFixture<RecordedLog>
{
    private const int Mutations = 2000;
    private static readonly string[] Texts = ["stream", "type", "actor", "source"];
    private static readonly string[] Numbers = ["version", "previous", "at"];
    private static readonly string[] Blobs = ["data", "hash"];

    [Theory]
    [InlineData(20261122)]
    public void Every_change_of_one_value_is_found_at_its_place(int seed)
    {
        using var copy = log.Copy();
        Random random = new(seed);
        var places = Places(copy);
        for (var i = 0; i < Mutations; i++)
        {
            var place = places[random.Next(places.Count)];
            var column = Pick(random, [.. Texts, .. Numbers, .. Blobs]);
            var original = Read(copy, column, place);
            var mutated = Mutate(original, random);
            Write(copy, column, place, mutated);
            var found = copy.Verify().FirstBad;
            Assert.True(
                found is not null
                    && (found.Shard, found.Seq) == ((int)(place >> 48), place & 0xFFFFFFFFFFFF),
                $"Seed {seed}, mutation {i}: {column} at {place}: '{original}' became '{mutated}', found {found}"
            );
            Write(copy, column, place, original);
        }
        Assert.True(copy.Verify().Ok);
    }

    private static object Mutate(object original, Random random) =>
        original switch
        {
            long number => number ^ (1L << random.Next(40)),
            string text => MutateText(text, random),
            byte[] bytes => MutateBytes(bytes, random),
            _ => throw new InvalidOperationException("No column holds this."),
        };

    private static string MutateText(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        return random.Next(3) switch
        {
            0 when at < text.Length => text.Remove(at, 1),
            1 when at < text.Length => string.Concat(
                text.AsSpan(0, at),
                [(char)(text[at] ^ 1)],
                text.AsSpan(at + 1)
            ),
            _ => text.Insert(at, random.Next(2) == 0 ? "\0" : "0"),
        };
    }

    private static byte[] MutateBytes(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        switch (random.Next(3))
        {
            case 0:
                return [.. bytes[..at], .. bytes[(at + 1)..]];
            case 1:
                return [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
            default:
                var flipped = bytes.ToArray();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
        }
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static List<long> Places(Tampered copy)
    {
        using var command = copy.Writer.CreateCommand();
        command.CommandText = "SELECT place FROM events ORDER BY place";
        using var reader = command.ExecuteReader();
        List<long> places = [];
        while (reader.Read())
        {
            places.Add(reader.GetInt64(0));
        }
        return places;
    }

    private static object Read(Tampered copy, string column, long place)
    {
        using var command = copy.Writer.CreateCommand();
        command.CommandText = $"SELECT {column} FROM events WHERE place = {place}";
        using SqliteDataReader reader = command.ExecuteReader();
        reader.Read();
        return Blobs.Contains(column) ? reader.GetFieldValue<byte[]>(0) : reader.GetValue(0);
    }

    private static void Write(Tampered copy, string column, long place, object value) =>
        copy.Run($"UPDATE events SET {column} = $value WHERE place = {place}", ("$value", value));
}
