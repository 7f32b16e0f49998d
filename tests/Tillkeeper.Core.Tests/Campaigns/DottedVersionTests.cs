using Tillkeeper.Core.Campaigns;

namespace Tillkeeper.Core.Tests.Campaigns;

public sealed class DottedVersionTests
{
    [Theory]
    [InlineData("2.9", "2.10", -1)]
    [InlineData("2.10", "2.9.9", 1)]
    [InlineData("1", "1.0.0", 0)]
    [InlineData("1.0.1", "1", 1)]
    [InlineData("007", "7", 0)]
    [InlineData("1.0-beta", "0", -1)]
    [InlineData(null, "0", -1)]
    [InlineData("0", null, 1)]
    public void Versions_are_compared_number_by_number(string? one, string? other, int sign) =>
        Assert.Equal(sign, Math.Sign(DottedVersion.Compare(one, other)));

    [Theory]
    [InlineData("")]
    [InlineData("1.")]
    [InlineData(".1")]
    [InlineData("1..2")]
    [InlineData("-1")]
    [InlineData("1.0 ")]
    [InlineData("1.2.3.4.5.6.7")]
    [InlineData("1234567890")]
    [InlineData("١.٢")]
    public void What_is_no_version_is_refused(string text) =>
        Assert.NotNull(DottedVersion.Check(text));

    [Fact]
    public void The_name_of_a_slot_tells_what_is_in_it()
    {
        var artifact = new Artifact(new string('a', 64), 10, "till", "2.10.1");
        var slot = SlotName.Of(artifact, 3);
        Assert.Equal("2.10.1-aaaaaaaaaaaa.3", slot);
        Assert.Equal("2.10.1", SlotName.VersionOf(slot));
        Assert.True(SlotName.IsOf(slot, artifact));
        Assert.False(SlotName.IsOf(slot, artifact with { Sha256 = new string('b', 64) }));
        Assert.Equal("0", SlotName.VersionOf("factory"));
    }
}
