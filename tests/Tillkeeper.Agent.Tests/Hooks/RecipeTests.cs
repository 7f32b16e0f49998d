using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Agent.Tests.Hooks;

/// <summary>The recipes of <c>docs/operating/hooks</c>, run by a real agent; what they would command is recorded.</summary>
public sealed class RecipeTests : IDisposable
{
    private readonly Scripts scripts = new();

    public void Dispose() => scripts.Dispose();

    [Fact]
    public async Task A_computer_has_its_screens_locked()
    {
        Install("computer", $"LOGINCTL={Recording("loginctl")}");
        await using var terminal = await StartAsync();
        terminal.Server.Send(o => o.Locking("LOCK000001"));
        await Until(1);
        terminal.Server.Send(o => o.Releasing("LOCK000001"));
        await EndedAsync(terminal);
        Assert.Equal(["loginctl lock-sessions"], scripts.Recorded);
    }

    [Fact]
    public async Task A_computer_is_closed_to_everybody_and_opened_again()
    {
        var note = scripts.PathTo("nologin");
        Install(
            "computer",
            $"ACTION=close\nUSERS='till kiosk'\nNOLOGIN={note}\nLOGINCTL={Recording("loginctl")}"
        );
        await using var terminal = await StartAsync();
        terminal.Server.Send(o => o.Locking("LOCK000001"));
        await Until(4);
        Assert.Equal(
            [
                "loginctl show-user till",
                "loginctl terminate-user till",
                "loginctl show-user kiosk",
                "loginctl terminate-user kiosk",
            ],
            scripts.Recorded
        );
        Assert.Equal("Locked by Tillkeeper (E09).\n", await File.ReadAllTextAsync(note));
        terminal.Server.Send(o => o.Releasing("LOCK000001"));
        await Eventually.TrueAsync(() => !File.Exists(note), "people may sign in again");
    }

    [Fact]
    public async Task A_note_of_somebody_else_is_left_alone()
    {
        var note = scripts.PathTo("nologin");
        Install("computer", $"ACTION=close\nNOLOGIN={note}\nLOGINCTL={Recording("loginctl")}");
        scripts.Write("lock-ended.d/90-last", "echo ended >> $RECORD");
        await using var terminal = await StartAsync();
        terminal.Server.Send(o => o.Locking("LOCK000001"));
        await Eventually.TrueAsync(() => File.Exists(note), "it is closed");
        await File.WriteAllTextAsync(note, "The machine is going down.\n");
        terminal.Server.Send(o => o.Releasing("LOCK000001"));
        await Until(1);
        Assert.Equal("The machine is going down.\n", await File.ReadAllTextAsync(note));
    }

    [Fact]
    public async Task A_doors_relay_board_gets_its_bytes()
    {
        var port = scripts.PathTo("ttyUSB0");
        Install("door", $"RELAY=usb\nPORT={port}");
        await using var terminal = await StartAsync();
        terminal.Server.Send(o => o.Locking("LOCK000001"));
        await Eventually.TrueAsync(() => Bytes(port) == "A00100A1", "the door is shut");

        // Under a second lock the end of the first opens nothing.
        terminal.Server.Send(o => o.Locking("LOCK000002"));
        terminal.Server.Send(o => o.Releasing("LOCK000001"));
        await EndedAsync(terminal);
        Assert.Equal("A00100A1", Bytes(port));
        terminal.Server.Send(o => o.Releasing("LOCK000002"));
        await Eventually.TrueAsync(() => Bytes(port) == "A00101A2", "the door is open");
    }

    [Fact]
    public async Task A_doors_gpio_line_has_one_holder()
    {
        var gpioset = scripts.Write("gpioset", "echo gpioset $* >> $RECORD; exec sleep 600");
        var holder = scripts.PathTo("holder.pid");
        Install("door", $"RELAY=gpio\nGPIOSET={gpioset}\nHOLDER={holder}");
        await using var terminal = await StartAsync();
        try
        {
            terminal.Server.Send(o => o.Locking("LOCK000001"));
            await Until(1);
            var first = await File.ReadAllTextAsync(holder);
            terminal.Server.Send(o => o.Releasing("LOCK000001"));
            await Until(2);
            Assert.Equal(
                ["gpioset --chip gpiochip0 17=0", "gpioset --chip gpiochip0 17=1"],
                scripts.Recorded
            );
            await Eventually.TrueAsync(
                () => !Directory.Exists($"/proc/{first.Trim()}"),
                "the first holder is gone"
            );
        }
        finally
        {
            using var kill = System.Diagnostics.Process.Start(
                "kill",
                (await File.ReadAllTextAsync(holder)).Trim()
            );
            await kill.WaitForExitAsync();
        }
    }

    [Theory]
    [InlineData("computer", "LOGINCTL")]
    [InlineData("door", "STTY")]
    public async Task A_lock_that_leaves_signing_in_alone_shuts_nothing(
        string recipe,
        string command
    )
    {
        var port = scripts.PathTo("ttyUSB0");
        Install(recipe, $"{command}={Recording("anything")}\nPORT={port}");
        scripts.Write("lock-begun.d/90-last", "echo begun >> $RECORD");
        await using var terminal = await StartAsync();
        terminal.Server.Send(o => o.Locking("LOCK000001", scope: [Capability.QrPayment]));
        await Until(1);
        Assert.Equal(["begun"], scripts.Recorded);
        Assert.NotEqual("A00100A1", Bytes(port));
    }

    private Task<TestTerminal> StartAsync() =>
        TestTerminal.StartAsync(with: o => o with { Hooks = scripts.Folder });

    private string Recording(string name) =>
        scripts.Write($"bin/{name}", $"echo {name} $* >> $RECORD");

    private void Install(string recipe, string settings)
    {
        var text = File.ReadAllText(Path.Combine(Recipes, recipe));
        scripts.Write($"lock-begun.d/20-{recipe}", text);
        scripts.Write($"lock-ended.d/20-{recipe}", text);
        File.WriteAllText(scripts.PathTo($"{recipe}.conf"), settings + "\n");
    }

    private Task Until(int lines) =>
        Eventually.TrueAsync(() => scripts.Recorded.Count >= lines, $"{lines} lines are recorded");

    /// <summary>Waits until the hooks have heard of the end, too.</summary>
    private static Task EndedAsync(TestTerminal terminal) =>
        Eventually.TrueAsync(
            () =>
                !File.ReadAllText(Path.Combine(terminal.Folder, "hooks.json"))
                    .Contains("LOCK000001", StringComparison.Ordinal),
            "the end is told"
        );

    private static string Bytes(string file) =>
        File.Exists(file) ? Convert.ToHexString(File.ReadAllBytes(file)) : "";

    private static string Recipes
    {
        get
        {
            var here = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(here.FullName, "Tillkeeper.slnx")))
            {
                here = here.Parent!;
            }
            return Path.Combine(here.FullName, "docs", "operating", "hooks");
        }
    }
}
