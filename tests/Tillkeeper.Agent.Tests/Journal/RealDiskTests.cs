using System.Text;
using Tillkeeper.Agent.Journal;

namespace Tillkeeper.Agent.Tests.Journal;

public sealed class RealDiskTests : IDisposable
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string folder = Directory.CreateTempSubdirectory("tillkeeper").FullName;
    private readonly RealDisk disk = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_type_of_event_comes_back_and_a_torn_batch_is_cut()
    {
        var path = InFolder("journal");
        using (var journal = EventJournal.Create(disk, path, Samples.Header))
        {
            journal.Append(Samples.EveryType, Samples.At);
            journal.Append([Samples.OfSize(100)], Samples.At);
        }
        var whole = new FileInfo(path).Length;
        using (var file = disk.OpenAppend(path))
        {
            file.Append(new byte[20]);
            file.Sync();
        }

        var opened = Assert.IsType<JournalOpening.Opened>(EventJournal.Open(disk, path));
        using var again = opened.Journal;
        Assert.Equal(20, opened.Cut);
        Assert.Equal(whole, new FileInfo(path).Length);
        Assert.Equal(
            Samples.EveryType.Append(Samples.OfSize(100)).Select(Samples.TextOf),
            opened.Entries.Select(Samples.TextOf)
        );
        Assert.Equal(
            opened.Entries[^1].Seq + 1,
            again.Append([Samples.OfSize(1)], Samples.At)[0].Seq
        );
        Assert.Equal(FileMode, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Entries_that_left_memory_are_read_from_the_file()
    {
        using var journal = EventJournal.Create(disk, InFolder("journal"), Samples.Header);
        for (var n = 0; n < 20; n++)
        {
            journal.Append([Samples.OfSize(50_000 + n)], Samples.At);
        }
        Assert.Equal(
            Enumerable.Range(0, 20).Select(n => Samples.TextOf(Samples.OfSize(50_000 + n))),
            journal.ReadAfter(0, 100).Select(Samples.TextOf)
        );
    }

    [Fact]
    public void A_second_program_cannot_open_the_journal()
    {
        var path = InFolder("journal");
        using var journal = EventJournal.Create(disk, path, Samples.Header);
        Assert.Throws<IOException>(() => EventJournal.Open(disk, path));
        journal.Append([Samples.OfSize(1)], Samples.At);
    }

    [Fact]
    public void A_damaged_journal_can_be_moved_aside_at_once()
    {
        var path = InFolder("journal");
        File.WriteAllText(path, "something else altogether");
        Assert.IsType<JournalOpening.Damaged>(EventJournal.Open(disk, path));
        disk.Rename(path, path + ".damaged");
        EventJournal.Create(disk, path, Samples.Header).Dispose();
    }

    [Fact]
    public void A_small_file_is_put_in_place_over_another_readable_by_its_owner_alone()
    {
        var path = InFolder("identity.json");
        File.WriteAllText(path, "a longer text that was there before");
        File.WriteAllText(path + ".new", "left over from a power cut");
        disk.WriteDurably(path, "{}"u8);
        Assert.Equal("{}", Encoding.UTF8.GetString(disk.ReadAllBytes(path)));
        Assert.Equal(FileMode, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFiles(folder));
    }

    [Fact]
    public void Renaming_and_deleting_do_what_they_say()
    {
        var (one, two) = (InFolder("one"), InFolder("two"));
        disk.WriteDurably(one, "1"u8);
        disk.WriteDurably(two, "2"u8);
        disk.Rename(one, two);
        Assert.False(disk.Exists(one));
        Assert.Equal("1"u8, disk.ReadAllBytes(two));
        disk.Delete(two);
        disk.Delete(two);
        Assert.False(disk.Exists(two));
    }

    [Fact]
    public void A_directory_is_made_with_those_above_it_for_its_owner_alone()
    {
        var path = InFolder("a/b");
        disk.CreateDirectory(path + "/");
        disk.CreateDirectory(path);
        Assert.All(
            [InFolder("a"), path],
            made => Assert.Equal(FileMode | UnixFileMode.UserExecute, File.GetUnixFileMode(made))
        );
    }

    [Fact]
    public void A_disk_that_refuses_is_heard()
    {
        Assert.ThrowsAny<IOException>(() => disk.OpenAppend(InFolder("missing/journal")));
        Assert.Throws<IOException>(() => Posix.SyncDirectory(InFolder("missing")));
    }

    private string InFolder(string name) => Path.Combine(folder, name);
}
