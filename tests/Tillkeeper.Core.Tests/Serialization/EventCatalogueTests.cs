using System.Reflection;
using System.Text.Json;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Tests.Serialization;

public sealed class EventCatalogueTests
{
    private static readonly EventCatalogue Device = EventCatalogue.Device;

    [Fact]
    public void Every_event_of_Core_is_in_the_catalogue_of_its_kind()
    {
        Check(EventCatalogue.Device, typeof(IDeviceEvent));
        Check(EventCatalogue.Terminal, typeof(Core.Terminals.ITerminalEvent));
        Check(EventCatalogue.Case, typeof(Core.Cases.ICaseEvent));

        static void Check(EventCatalogue catalogue, Type kind) =>
            Assert.Equal(
                kind.Assembly.GetTypes()
                    .Where(t => t is { IsClass: true } && kind.IsAssignableFrom(t))
                    .OrderBy(t => t.Name, StringComparer.Ordinal),
                catalogue
                    .Names.Select(n => catalogue.InfoOf(n).Type)
                    .OrderBy(t => t.Name, StringComparer.Ordinal)
            );
    }

    [Fact]
    public void Every_nullable_parameter_of_what_is_written_has_a_default_or_it_could_not_be_read_again()
    {
        var context = new NullabilityInfoContext();
        var bare =
            from type in typeof(CoreJson).Assembly.GetTypes()
            where !type.ContainsGenericParameters && CoreJson.Default.GetTypeInfo(type) is not null
            from constructor in type.GetConstructors()
            from parameter in constructor.GetParameters()
            where
                context.Create(parameter).WriteState == NullabilityState.Nullable
                && !parameter.HasDefaultValue
            select $"{type.Name}.{parameter.Name}";
        Assert.Empty(bare);
    }

    [Fact]
    public void An_unknown_event_stops_a_replay_loudly()
    {
        var error = Assert.Throws<UnknownEventException>(() =>
            Device.Read("lock.painted.v7", "{}"u8)
        );
        Assert.Contains("'lock.painted.v7'", error.Message, StringComparison.Ordinal);
        Assert.Throws<UnknownEventException>(() => Device.InfoOf("LOCK.BEGUN.V1"));
        Assert.Throws<KeyNotFoundException>(() => Device.NameOf("not an event"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"operator":null}""")]
    [InlineData("""{"operator":1}""")]
    public void A_damaged_event_of_our_own_log_stops_a_replay(string data) =>
        Assert.Throws<JsonException>(() =>
            Device.Read("operator.attempt_failed.v1", System.Text.Encoding.UTF8.GetBytes(data))
        );

    [Theory]
    [InlineData("lock.painted.v7", "{}")]
    [InlineData("operator.attempt_failed.v1", "{}")]
    [InlineData("operator.attempt_failed.v1", "[]")]
    [InlineData("operator.attempt_failed.v1", """{"operator":"\ud800"}""")]
    [InlineData("order.applied.v1", """{"number":1e99,"kind":"lock"}""")]
    [InlineData("clock.checkpointed.v1", """{"clock":{"boot":"b","ms":1,"trusted":"\ud800"}}""")]
    [InlineData("policy.changed.v1", """{"policy":{"wrongPassword":{"lockFor":"\ud800"}}}""")]
    [InlineData("policy.changed.v1", """{"policy":{"wrongPassword":{"\ud800":1}}}""")]
    [InlineData("policy.changed.v1", """{"policy":{"wrongPassword":null}}""")]
    [InlineData("policy.changed.v1", """{"policy":[]}""")]
    [InlineData("lock.begun.v1", """{"lock":{"scope":["\ud800"]}}""")]
    public void A_report_that_cannot_be_read_is_no_event_and_no_crash(string name, string data)
    {
        using var json = JsonDocument.Parse(data);
        Assert.Null(Device.TryRead(name, json.RootElement));
    }

    [Fact]
    public void A_member_that_this_version_does_not_know_is_passed_over()
    {
        using var json = JsonDocument.Parse("""{"operator":"c1","mood":"bad"}""");
        Assert.Equal(
            new AttemptFailed("c1"),
            Device.TryRead("operator.attempt_failed.v1", json.RootElement)
        );
    }
}
