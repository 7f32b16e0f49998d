using System.Text;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>No attack releases, every honest twin does (the impostor suite).</summary>
public sealed class ImpostorTests(RunningServer server, ITestOutputHelper output)
    : IClassFixture<RunningServer>
{
    private readonly StringBuilder table = new();

    [Fact]
    public async Task No_attack_releases_and_every_honest_twin_does()
    {
        List<string> wrong = [];
        Line("way out", "attack", "attack", "twin");
        foreach (var attack in Attacks.All)
        {
            var attacked = await Released(attack, attack.Act);
            var honest = await Released(attack, attack.Twin);
            Line(
                Words.Of(attack.WayOut),
                attack.Name,
                attacked ? "RELEASED" : "held",
                honest ? "released" : "HELD"
            );
            if (attacked || !honest)
            {
                wrong.Add(attack.Name);
            }
        }
        Line("not yet", string.Join(", ", Attacks.NotYet.Select(Words.Of)), "", "");
        output.WriteLine(table.ToString());
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_way_out_has_an_attack_or_says_why_it_has_none()
    {
        WayOut[] told =
        [
            .. Attacks.All.Select(a => a.WayOut).Distinct(),
            .. Attacks.NotYet,
            .. Attacks.Unattended.Keys,
        ];
        Assert.Equal(Enum.GetValues<WayOut>().Order(), told.Order());
    }

    [Fact]
    public void Attacks_are_told_apart_by_their_names() =>
        Assert.Distinct(Attacks.All.Select(a => a.Name));

    private async Task<bool> Released(Attack attack, Func<Scene, Task> act)
    {
        using var scene = await Scene.Set(server, attack.Cause);
        try
        {
            await act(scene);
            await scene.Sync();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException(attack.Name, e);
        }
        return scene.IsReleased;
    }

    private void Line(string wayOut, string name, string attack, string twin) =>
        table.Append($"{wayOut, -18} {attack, -9} {twin, -9} {name}\n");
}
