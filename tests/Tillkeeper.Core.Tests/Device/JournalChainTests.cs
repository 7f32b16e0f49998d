using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Core.Tests.Device;

public sealed class JournalChainTests
{
    private const string At = "2026-03-01T08:30:00.000Z";

    private static string Hash(
        string? prev = null,
        long seq = 1,
        string type = "lock.begun.v1",
        string at = At,
        string data = "{\"a\":1}"
    ) =>
        JournalChain.Hash(
            prev ?? JournalChain.Genesis,
            seq,
            type,
            at,
            Encoding.UTF8.GetBytes(data)
        );

    [Fact]
    public void It_is_the_hash_of_five_lines() =>
        Assert.Equal(
            Convert.ToHexStringLower(
                SHA256.HashData(
                    Encoding.UTF8.GetBytes(
                        $"{new string('0', 64)}\n1\nlock.begun.v1\n{At}\n{{\"a\":1}}"
                    )
                )
            ),
            Hash()
        );

    [Fact]
    public void Every_part_changes_it()
    {
        string[] all =
        [
            Hash(),
            Hash(prev: Hash()),
            Hash(seq: 2),
            Hash(type: "lock.ended.v1"),
            Hash(at: "2026-03-01T08:30:00.001Z"),
            Hash(data: "{\"a\": 1}"),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
    }
}
