using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Policies;

/// <summary>A policy that two people set: asked for by one, set by another with the same text.</summary>
public sealed class PolicyProposalTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Wanted = "nightTrading: {mode: on}";

    [Fact]
    public async Task Nothing_changes_until_a_second_person_sends_the_same_text()
    {
        var target = $"merchant:{await Shop.NewMerchant(server, null)}";
        var path = $"{Policing.At(target)}/proposal";
        var first = await server.Person("risk");
        var second = await server.Person("risk");

        (await first.Post(path, Body(Wanted))).Refuses(409, "second_person_required");
        (await first.Post(path, Body(Wanted))).Refuses(409, "second_person_required");
        var waits = (await second.Get(Policing.At(target))).Expect(200);
        Assert.False(waits.Json.TryGetProperty("revision", out _));
        Assert.Equal(
            first.Id,
            waits.Json.GetProperty("proposal").GetProperty("person").GetString()
        );

        (await second.Post(path, Body("nightTrading: {mode: off}"))).Refuses(
            409,
            "second_person_required"
        );
        (await first.Post(path, Body("nightTrading: {mode: off}"))).Expect(200);
        var set = (await second.Get(Policing.At(target))).Expect(200);
        Assert.Equal("nightTrading: {mode: off}", set.Text("document"));
        Assert.False(set.Json.TryGetProperty("proposal", out _));
    }

    [Fact]
    public async Task What_was_asked_of_another_revision_is_asked_for_anew()
    {
        var target = $"merchant:{await Shop.NewMerchant(server, null)}";
        var path = $"{Policing.At(target)}/proposal";
        var first = await server.Person("risk");
        var second = await server.Person("risk");
        (await first.Post(path, Body(Wanted))).Refuses(409, "second_person_required");
        await server.Admin.Set(target, "away: {idleAfter: PT9M}");

        (await second.Post(path, Body(Wanted))).Refuses(409, "second_person_required");
        Assert.Equal(
            "away: {idleAfter: PT9M}",
            (await second.Get(Policing.At(target))).Expect(200).Text("document")
        );
    }

    [Fact]
    public async Task A_file_with_mistakes_is_not_even_recorded()
    {
        var target = $"merchant:{await Shop.NewMerchant(server, null)}";
        (await server.Admin.Post($"{Policing.At(target)}/proposal", Body("x: 1"))).Refuses(
            422,
            "invalid_policy",
            "document"
        );
        (await server.Admin.Get(Policing.At(target))).Expect(404);
    }

    private static object Body(string document) => new { document, reason = "test" };
}
