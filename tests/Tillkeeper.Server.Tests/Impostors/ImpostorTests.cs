using System.Text;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>No attack releases, every honest twin does (the impostor suite).</summary>
public sealed class ImpostorTests(ImpostorServer place, ITestOutputHelper output)
    : IClassFixture<ImpostorServer>
{
    private readonly StringBuilder table = new();

    [Fact]
    public async Task No_attack_releases_and_every_honest_twin_does()
    {
        List<string> wrong = [];
        Line("way out", "attack", "twin", "what the attack is");
        foreach (var attack in Attacks.All)
        {
            var attacked = await IsOpen(attack, attack.Act);
            var honest = await IsOpen(attack, attack.Twin);
            Line(
                Words.Of(attack.WayOut),
                attacked ? "RELEASED" : "held",
                honest ? "released" : "HELD",
                attack.Name
            );
            if (attacked || !honest)
            {
                wrong.Add(attack.Name);
            }
        }
        output.WriteLine(table.ToString());
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_way_out_is_attacked() =>
        Assert.Equal(
            Enum.GetValues<WayOut>().Order(),
            Attacks.All.Select(a => a.WayOut).Distinct().Order()
        );

    [Fact]
    public void Attacks_are_told_apart_by_their_names() =>
        Assert.Distinct(Attacks.All.Select(a => a.Name));

    [Fact]
    public void The_page_tells_every_attack() => ImpostorPage.Check();

    private async Task<bool> IsOpen(Attack attack, Func<Scene, Task> act)
    {
        try
        {
            using var scene = await Scene.Set(
                place.Server,
                attack.Cause,
                attack.Policy,
                attack.Begin,
                place.Sms
            );
            await act(scene);
            await scene.Sync();
            return attack.IsOpen is { } asked ? await asked(scene) : scene.IsReleased;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException(attack.Name, e);
        }
    }

    private void Line(string wayOut, string attack, string twin, string name) =>
        table.Append($"{wayOut, -18} {attack, -9} {twin, -9} {name}\n");
}
