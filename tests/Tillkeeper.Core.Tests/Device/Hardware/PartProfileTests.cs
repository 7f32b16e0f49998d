using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Tests.Device.Hardware;

public sealed class PartProfileTests
{
    [Theory]
    [InlineData("usb", "1a86:7523", null)]
    [InlineData("memory", null, null)]
    [InlineData("reported", null, null)]
    [InlineData("command", "card-reader_2", null)]
    [InlineData("usb", null, "parts.match")]
    [InlineData("made_up", "x", "parts.probe")]
    [InlineData("command", null, "parts.match")]
    [InlineData("command", "../sh", "parts.match")]
    [InlineData("command", "sh -c true", "parts.match")]
    [InlineData("command", "/bin/sh", "parts.match")]
    public void A_profile_names_a_known_probe_and_never_a_line_for_a_shell(
        string probe,
        string? match,
        string? field
    ) => Assert.Equal(field, Check(new PartProfile("card_reader", probe, match)));

    [Fact]
    public void A_printer_blocks_nothing() =>
        Assert.Equal(
            "parts.blocks",
            Check(new PartProfile("printer", "printer", "lp0", [Capability.CardPayment]))
        );

    [Theory]
    [InlineData(3, 5, null)]
    [InlineData(3, 3, null)]
    [InlineData(3, 2, "hardware.among")]
    [InlineData(1, 5, "hardware.failures")]
    public void One_failed_run_is_never_enough(int failures, int among, string? field) =>
        Assert.Equal(
            field,
            PolicyLimits
                .Check(
                    new Policy
                    {
                        Hardware = new HardwareRule { Failures = failures, Among = among },
                    }
                )
                ?.Field
        );

    private static string? Check(PartProfile part) =>
        PolicyLimits.Check(new Policy { Parts = [part] })?.Field;
}
