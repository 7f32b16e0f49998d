using Tillkeeper.Core.Campaigns;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Campaigns;

/// <summary>How long a shop is told that it will be closed, and how good that was.</summary>
public sealed class EstimateTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task What_the_same_update_took_on_the_same_model_becomes_the_next_estimate()
    {
        using var fleet = await Fleet.Enrol(server, 6);
        var campaign = await fleet.Start(
            await fleet.Store("1.0"),
            Fleet.Group(0.5, 1, 1),
            Fleet.Group(1, 1, 1)
        );
        var first = await fleet.At(campaign, "offered");
        Assert.Equal(3, first.Count);
        var prior = (await Fleet.Ordered(first[0])).Estimate;
        // Nothing is known yet: the size alone speaks.
        Assert.InRange(prior, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(62));

        foreach (var (terminal, seconds) in first.Zip([100, 140, 200]))
        {
            var took = TimeSpan.FromSeconds(seconds);
            await Fleet.Report(terminal, campaign, UpdateStep.Done, took: took);
        }
        await fleet.Rounds();
        var second = await fleet.At(campaign, "offered");
        Assert.Equal(TimeSpan.FromSeconds(200), (await Fleet.Ordered(second[0])).Estimate);

        foreach (var (terminal, seconds) in second.Zip([150, 190, 230]))
        {
            var took = TimeSpan.FromSeconds(seconds);
            await Fleet.Report(terminal, campaign, UpdateStep.Done, took: took);
        }
        var quality = (await fleet.Show(campaign)).Json.GetProperty("estimates");
        Assert.Equal(6, quality.GetProperty("measured").GetInt32());
        // Those told 200 s and done in 150 and 190; the four others took longer than they had been told.
        Assert.Equal(2.0 / 6, quality.GetProperty("within").GetDouble(), 3);
        Assert.Equal("PT39S", quality.GetProperty("medianError").GetString());
    }
}
