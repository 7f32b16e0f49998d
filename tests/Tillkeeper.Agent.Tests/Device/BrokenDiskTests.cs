using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Journal;
using Tillkeeper.Agent.Tests.World;

namespace Tillkeeper.Agent.Tests.Device;

/// <summary>Invariant 1: nothing is acknowledged before it is durable.</summary>
public sealed class BrokenDiskTests
{
    [Fact]
    public async Task When_the_journal_cannot_be_written_nothing_is_answered_with_yes_and_the_agent_ends()
    {
        var disk = new FullDisk();
        await using var terminal = await TestTerminal.StartAsync(disk: disk);
        var before = terminal.Till.State;

        disk.IsFull = true;
        var answer = await terminal.PostAsync(
            "setup",
            """{"operator":"boss","passcode":"582931"}"""
        );

        Assert.Equal((HttpStatusCode.InternalServerError, "fault"), (answer.Status, answer.Code));
        Assert.Same(before, terminal.Till.State);
        var end = terminal.Services.GetRequiredService<ProgramEnd>();
        Assert.Equal(ExitCodes.JournalBroken, end.Code);

        disk.IsFull = false;
        await terminal.RestartAsync();
        Assert.False(terminal.Till.State.IsSetUp);
    }

    /// <summary>A real disk that refuses to sync when it is full.</summary>
    private sealed class FullDisk : IDisk
    {
        private readonly RealDisk real = new();

        public bool IsFull { get; set; }

        public bool Exists(string path) => real.Exists(path);

        public byte[] ReadAllBytes(string path) => real.ReadAllBytes(path);

        public IDiskFile OpenAppend(string path) => new File(this, real.OpenAppend(path));

        public void WriteDurably(string path, ReadOnlySpan<byte> content) =>
            real.WriteDurably(path, content);

        public void Rename(string from, string to) => real.Rename(from, to);

        public void Delete(string path) => real.Delete(path);

        public void CreateDirectory(string path) => real.CreateDirectory(path);

        private sealed class File(FullDisk disk, IDiskFile real) : IDiskFile
        {
            public long Length => real.Length;

            public int Read(long offset, Span<byte> into) => real.Read(offset, into);

            public void Append(ReadOnlySpan<byte> bytes)
            {
                if (disk.IsFull)
                {
                    throw new IOException("No space left on device.");
                }
                real.Append(bytes);
            }

            public void Sync() => real.Sync();

            public void Truncate(long length) => real.Truncate(length);

            public void Dispose() => real.Dispose();
        }
    }
}
