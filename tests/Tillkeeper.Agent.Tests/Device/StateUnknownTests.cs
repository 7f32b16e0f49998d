using System.Net;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Agent.Tests.Device;

/// <summary>Invariant 4: unknown means locked, with a way out shown.</summary>
public sealed class StateUnknownTests
{
    public enum Loss
    {
        Missing,
        Damaged,
        Emptied,
    }

    [Theory]
    [InlineData(Loss.Missing)]
    [InlineData(Loss.Damaged)]
    [InlineData(Loss.Emptied)]
    public async Task A_lost_journal_locks_the_terminal_even_offline(Loss loss)
    {
        await using var terminal = await ReportedAsync();
        await LoseAsync(terminal, loss);

        await terminal.RunAsync();

        var unknown = Assert.Single(await terminal.LocksAsync());
        Assert.Equal("state_unknown", unknown.GetProperty("cause").GetString());
        foreach (var capability in Enum.GetValues<Capability>())
        {
            var word = Tillkeeper.Core.Serialization.Words.Of(capability);
            Assert.Equal(capability == Capability.ManualLedger, await terminal.AllowsAsync(word));
        }
        foreach (
            var path in new[] { "setup", "sign-in", "away", "orders", "operators/anna/passcode" }
        )
        {
            var answer = await terminal.PostAsync(
                path,
                """{"operator":"boss","passcode":"582931","orders":["x"]}"""
            );
            Assert.Equal((path, HttpStatusCode.Locked), (path, answer.Status));
        }
    }

    [Fact]
    public async Task The_lock_and_its_challenge_stay_the_same_over_restarts()
    {
        await using var terminal = await ReportedAsync();
        await LoseAsync(terminal, Loss.Missing);
        await terminal.RunAsync();
        var first = (await terminal.LocksAsync())[0].GetProperty("id").GetString();
        var challenge = await terminal.GetAsync($"locks/{first}/challenge");
        var read = Challenge.Open(
            challenge.Body.GetProperty("challenge").GetString(),
            terminal.Server.CodeKey
        );

        await terminal.RestartAsync();

        Assert.Equal((Cause.StateUnknown, first), (read!.Cause, read.Lock));
        Assert.Equal(first, (await terminal.LocksAsync())[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Connected_again_it_goes_on_after_what_the_server_holds_and_is_no_fork()
    {
        await using var terminal = await ReportedAsync();
        var held = terminal.Server.Events.Count;
        await LoseAsync(terminal, Loss.Damaged);
        await terminal.RunAsync();
        var lockId = (await terminal.LocksAsync())[0].GetProperty("id").GetString()!;

        terminal.Server.Offline = false;
        await Eventually.TrueAsync(
            () => terminal.Server.Events.Count >= held + 3,
            "the loss is reported"
        );

        var told = terminal.Server.Events.Skip(held).Select(e => e.Type).Take(3);
        Assert.Equal(["lock.begun.v1", "state.lost.v1", "device.started.v1"], told);
        Assert.Single(Directory.GetFiles(terminal.Folder, "events.journal.aside-*"));
        Assert.False(File.Exists(Path.Combine(terminal.Folder, "lost.json")));

        terminal.Server.Send(o => o.Releasing(lockId));
        await Eventually.TrueAsync(
            async () => (await terminal.LocksAsync()).Count == 0,
            "the release ends it"
        );
        await terminal.ExpectAsync(
            HttpStatusCode.Created,
            terminal.PostAsync("setup", """{"operator":"boss","passcode":"582931"}""")
        );
        await terminal.RestartAsync();
        Assert.True(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task An_old_copy_of_the_journal_is_found_out_and_its_counters_are_worth_nothing()
    {
        await using var terminal = await ReportedAsync();
        await terminal.StopAsync();
        var old = await File.ReadAllBytesAsync(terminal.JournalFile);
        await terminal.RunAsync();
        for (var i = 0; i < 4; i++)
        {
            await terminal.TryAsync("anna", "000000");
        }
        await Eventually.TrueAsync(
            () => terminal.Server.Events.Count == terminal.Till.Journal!.LastSeq,
            "everything is reported"
        );
        await terminal.StopAsync();

        await File.WriteAllBytesAsync(terminal.JournalFile, old);
        await terminal.RunAsync();

        await Eventually.TrueAsync(
            async () =>
                (await terminal.LocksAsync()).Any(l =>
                    l.GetProperty("cause").GetString() == "state_unknown"
                ),
            "the copy is found out"
        );
        Assert.Equal(HttpStatusCode.Locked, (await terminal.TryAsync("anna", "739402")).Status);
        await Eventually.TrueAsync(
            () => terminal.Server.Events.Any(e => e.Type == "state.lost.v1"),
            "it is reported"
        );
    }

    [Fact]
    public async Task A_new_journal_that_never_got_to_the_loss_does_not_count()
    {
        await using var terminal = await ReportedAsync();
        await LoseAsync(terminal, Loss.Missing);
        await terminal.RunAsync();
        var lockId = (await terminal.LocksAsync())[0].GetProperty("id").GetString();
        await terminal.StopAsync();
        // The power went between making the file and recording the loss in it.
        Tillkeeper
            .Agent.Journal.EventJournal.Create(
                new Tillkeeper.Agent.Journal.RealDisk(),
                terminal.JournalFile,
                new(TestServer.Terminal, 1, 7, JournalChain.Genesis)
            )
            .Dispose();

        await terminal.RunAsync();

        Assert.True(terminal.Till.IsLost);
        Assert.Equal(lockId, (await terminal.LocksAsync())[0].GetProperty("id").GetString());
    }

    private static async Task<TestTerminal> ReportedAsync()
    {
        var terminal = await TestTerminal.StartWithStaffAsync();
        await Eventually.TrueAsync(
            () => terminal.Server.Events.Count == terminal.Till.Journal!.LastSeq,
            "everything is reported"
        );
        return terminal;
    }

    private static async Task LoseAsync(TestTerminal terminal, Loss loss)
    {
        await terminal.StopAsync();
        terminal.Server.Offline = true;
        switch (loss)
        {
            case Loss.Missing:
                File.Delete(terminal.JournalFile);
                break;
            case Loss.Emptied:
                await File.WriteAllBytesAsync(terminal.JournalFile, []);
                break;
            case Loss.Damaged:
                var bytes = await File.ReadAllBytesAsync(terminal.JournalFile);
                bytes[bytes.Length / 2] ^= 1;
                await File.WriteAllBytesAsync(terminal.JournalFile, bytes);
                break;
        }
    }
}
