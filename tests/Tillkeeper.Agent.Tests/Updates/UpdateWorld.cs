using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Journal;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Agent.Updates;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Agent.Tests.Updates;

/// <summary>A terminal with a software folder, an installer and a health check; an artifact is the version as text.</summary>
internal sealed class UpdateWorld : IAsyncDisposable
{
    private readonly Scripts scripts = new();
    private int campaigns;

    public TestTerminal Terminal { get; private set; } = null!;

    public DeviceUpdate? Update => Terminal.Till.State.Update;

    public int Installs => scripts.Recorded.Count(l => l == "install");

    /// <summary>The version that <c>current</c> leads to; null when nothing runs.</summary>
    public string? Runs
    {
        get
        {
            var file = Path.Combine(Software, "current", "VERSION");
            return File.Exists(file) ? File.ReadAllText(file) : null;
        }
    }

    public string? CurrentSlot =>
        Path.GetFileName(new FileInfo(Path.Combine(Software, "current")).LinkTarget);

    private string Software => scripts.PathTo("software");

    /// <summary>Nothing can be put where the slots belong.</summary>
    public void SpoilTheDisk() => File.WriteAllText(Path.Combine(Software, "slots"), "");

    public static async Task<UpdateWorld> StartAsync(IDisk? disk = null)
    {
        var world = new UpdateWorld();
        Directory.CreateDirectory(world.Software);
        var options = new UpdateOptions(
            world.Software,
            world.scripts.Write("installer", "echo install >> $RECORD; cp \"$1\" \"$2/VERSION\""),
            world.scripts.Write(
                "health-check",
                "[ \"$(cat \"$1/VERSION\")\" = \"$TILLKEEPER_VERSION\" ]"
            )
        );
        world.Terminal = await TestTerminal.StartAsync(
            disk: disk,
            with: agent => agent with { Updates = options }
        );
        return world;
    }

    /// <summary>Puts the bytes where a download would have put them, and orders the update.</summary>
    public string Order(string version, string? content = null, OrderedUpdate? like = null)
    {
        var bytes = Encoding.UTF8.GetBytes(content ?? version);
        var artifact = new Artifact(
            Convert.ToHexStringLower(SHA256.HashData(bytes)),
            bytes.Length,
            "till",
            version
        );
        var downloads = Path.Combine(Terminal.Folder, "downloads");
        Directory.CreateDirectory(downloads);
        File.WriteAllBytes(Path.Combine(downloads, artifact.Sha256), bytes);
        var campaign = $"C{++campaigns:D9}";
        Terminal.Server.Send(order =>
            order with
            {
                Kind = OrderKind.Update,
                Update = (
                    like
                    ?? new OrderedUpdate
                    {
                        Campaign = campaign,
                        Artifact = artifact,
                        Estimate = TimeSpan.FromMinutes(2),
                    }
                ) with
                {
                    Campaign = campaign,
                    Artifact = artifact,
                },
            }
        );
        return campaign;
    }

    public Task UntilAsync(string campaign, Func<DeviceUpdate, bool> wanted, string what) =>
        Eventually.TrueAsync(
            () => Update is { } update && update.Ordered.Campaign == campaign && wanted(update),
            what
        );

    public Task UntilOverAsync(string campaign) =>
        UntilAsync(campaign, update => update.IsOver, $"update {campaign} is over");

    public async ValueTask DisposeAsync()
    {
        await Terminal.DisposeAsync();
        scripts.Dispose();
    }
}
