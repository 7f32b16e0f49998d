using Tillkeeper.Agent.Journal;

namespace Tillkeeper.Agent.Tests.Journal;

public sealed class Crc32CTests
{
    [Fact]
    public void It_is_the_Castagnoli_checksum_of_RFC_3720()
    {
        Assert.Equal(0u, Crc32C.Of([]));
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x46DD794Eu, Crc32C.Of([.. Enumerable.Range(0, 32).Select(n => (byte)n)]));
    }
}
