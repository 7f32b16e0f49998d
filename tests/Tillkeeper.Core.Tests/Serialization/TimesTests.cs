using System.Text.Json;
using FsCheck.Fluent;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Tests.Identifiers;

namespace Tillkeeper.Core.Tests.Serialization;

public sealed class TimesTests
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Converters = { new UtcTimeJson(), new IsoDurationJson() },
    };

    [Theory]
    [InlineData("2026-03-01T08:30:00Z", "2026-03-01T08:30:00.000Z")]
    [InlineData("2026-03-01T08:30:00.1239Z", "2026-03-01T08:30:00.123Z")]
    [InlineData("2026-03-01T08:30:00+08:00", "2026-03-01T00:30:00.000Z")]
    [InlineData("2026-03-01T08:30:00.5-00:30", "2026-03-01T09:00:00.500Z")]
    public void A_time_is_read_with_any_offset_and_written_in_UTC(string read, string written) =>
        Assert.Equal(
            $"\"{written}\"",
            JsonSerializer.Serialize(
                JsonSerializer.Deserialize<DateTimeOffset>($"\"{read}\"", Options),
                Options
            )
        );

    [Theory]
    [InlineData("\"2026-03-01T08:30:00\"")]
    [InlineData("\"2026-03-01\"")]
    [InlineData("\"2026-03-01T08:30Z\"")]
    [InlineData("\"01.03.2026 08:30:00\"")]
    [InlineData("\"2026-13-01T08:30:00Z\"")]
    [InlineData("\"\"")]
    [InlineData("1772352000")]
    [InlineData("null")]
    public void A_time_without_an_offset_is_no_time(string json) =>
        Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize<DateTimeOffset>(json, Options)
        );

    [Theory]
    [InlineData("PT30M", 30)]
    [InlineData("PT0S", 0)]
    [InlineData("P1DT1M", 1441)]
    [InlineData("PT1H30M", 90)]
    public void A_duration_is_read(string text, double minutes)
    {
        Assert.True(IsoDurationJson.TryParse(text, out var value));
        Assert.Equal(minutes, value.TotalMinutes);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("30m")]
    [InlineData("00:30:00")]
    [InlineData("-PT30M")]
    [InlineData("PT-30M")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("P99999999999D")]
    [InlineData("PT1111111111111111111111111111111S")]
    public void Anything_else_is_no_duration(string? text)
    {
        Assert.False(IsoDurationJson.TryParse(text, out _));
        Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize<TimeSpan>(JsonSerializer.Serialize(text), Options)
        );
    }

    [Fact]
    public void Every_duration_comes_back() =>
        Arbitrary.Check(
            Gen.Choose(0, int.MaxValue).Select(ms => TimeSpan.FromMilliseconds(ms)),
            value =>
                JsonSerializer.Deserialize<TimeSpan>(
                    JsonSerializer.Serialize(value, Options),
                    Options
                ) == value
        );
}
