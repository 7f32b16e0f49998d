using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Core.Audit;

namespace Tillkeeper.Core.Tests.Audit;

public sealed class HashChainTests
{
    /// <summary>The definition once more, written down slowly.</summary>
    private static byte[] Slowly(byte[] before, LogRow row)
    {
        using var bytes = new MemoryStream();
        bytes.Write(before);
        foreach (var number in (long[])[row.Shard, row.Seq, row.Version, row.Previous, row.At])
        {
            var eight = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(eight, number);
            bytes.Write(eight);
        }
        byte[][] texts =
        [
            .. ((string[])[row.Stream, row.Type, row.Actor, row.Source]).Select(
                Encoding.UTF8.GetBytes
            ),
            row.Data.ToArray(),
        ];
        foreach (var text in texts)
        {
            var four = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(four, text.Length);
            bytes.Write(four);
            bytes.Write(text);
        }
        return SHA256.HashData(bytes.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_400)]
    [InlineData(2_047)]
    [InlineData(2_048)]
    [InlineData(100_000)]
    public void It_is_the_hash_of_what_its_definition_says(int size)
    {
        var row = ChainWorld.Row(7) with { Data = new byte[size] };
        Assert.Equal(Slowly(HashChain.Genesis, row), ChainWorld.Hash(HashChain.Genesis, row));
        var before = SHA256.HashData([1]);
        Assert.Equal(Slowly(before, row), ChainWorld.Hash(before, row));
    }

    [Fact]
    public void Texts_of_any_length_and_script_are_covered()
    {
        foreach (var length in (int[])[0, 1, 300, 700, 5000])
        {
            var row = ChainWorld.Row(1) with { Actor = new string('王', length), Stream = "" };
            Assert.Equal(Slowly(HashChain.Genesis, row), ChainWorld.Hash(HashChain.Genesis, row));
        }
    }

    [Fact]
    public void Text_that_moves_from_one_field_to_the_next_is_another_row()
    {
        var one = ChainWorld.Row(1) with { Actor = "ab", Source = "c" };
        var other = one with { Actor = "a", Source = "bc" };
        Assert.NotEqual(
            ChainWorld.Hash(HashChain.Genesis, one),
            ChainWorld.Hash(HashChain.Genesis, other)
        );
    }
}
