using System.Net;
using Tillkeeper.Core.Rules.Environments;
using Tillkeeper.Server.Environments;

namespace Tillkeeper.Server.Tests.Environments;

public sealed class AddressDatabaseTests
{
    private static readonly AddressDatabase Known = AddressDatabase.Read(
        [
            "# start,end,country,asn,name",
            "2001:db8::,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,JP,64502,Six",
            "198.51.100.0,198.51.100.127,us,,",
            "203.0.113.0,203.0.113.255,CN,64500,Example, with a comma",
            "",
        ],
        "addresses.csv"
    );

    [Theory]
    [InlineData("203.0.113.0", "CN")]
    [InlineData("203.0.113.255", "CN")]
    [InlineData("203.0.114.0", null)]
    [InlineData("203.0.112.255", null)]
    [InlineData("198.51.100.127", "US")]
    [InlineData("198.51.100.128", null)]
    [InlineData("::ffff:203.0.113.9", "CN")]
    [InlineData("2001:db8::1", "JP")]
    [InlineData("2001:db9::1", null)]
    [InlineData("0.0.0.0", null)]
    [InlineData("255.255.255.255", null)]
    public void An_address_is_found_in_its_range_alone(string address, string? country) =>
        Assert.Equal(country, Known.Find(IPAddress.Parse(address))?.Country);

    [Fact]
    public void A_range_says_country_operator_and_name() =>
        Assert.Equal(
            new AddressOrigin("CN", 64500, "Example, with a comma"),
            Known.Find(IPAddress.Parse("203.0.113.7"))
        );

    [Theory]
    [InlineData("203.0.113.0,203.0.113.255", 1)]
    [InlineData("203.0.113.9,203.0.113.0,CN", 1)]
    [InlineData("203.0.113.0,2001:db8::,CN", 1)]
    [InlineData("203.0.113.0,203.0.113.255,China", 1)]
    [InlineData("203.0.113.0,203.0.113.255,CN,AS1", 1)]
    [InlineData("nonsense", 1)]
    public void A_wrong_line_is_named(string line, int number)
    {
        var problem = Assert.Throws<FormatException>(() => AddressDatabase.Read([line], "f.csv"));

        Assert.StartsWith($"f.csv:{number}: ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_that_overlap_are_refused() =>
        Assert.Contains(
            "overlap",
            Assert
                .Throws<FormatException>(() =>
                    AddressDatabase.Read(
                        ["10.0.0.0,10.0.0.9,CN,1,A", "10.0.0.9,10.0.0.20,CN,2,B"],
                        "f.csv"
                    )
                )
                .Message,
            StringComparison.Ordinal
        );
}
