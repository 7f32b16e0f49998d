using System.Buffers.Binary;
using System.Text;
using Tillkeeper.Agent.Journal;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Tests.Journal;

public sealed class DamageTests
{
    private static readonly JournalFile file = JournalFile.Of(batches: 5);

    [Fact]
    public void Every_flipped_bit_is_found_and_its_place_is_named()
    {
        for (var at = 0; at < file.Bytes.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var bytes = file.Bytes.ToArray();
                bytes[at] ^= (byte)(1 << bit);
                AssertDamaged(bytes, BeginOfFrameAt(at));
            }
        }
    }

    [Fact]
    public void Every_altered_byte_is_found_but_for_a_last_one_that_reads_as_never_written()
    {
        var random = new Random(1);
        for (var at = 0; at < file.Bytes.Length - 1; at++)
        {
            foreach (var value in new[] { (byte)0, (byte)255, (byte)random.Next(256) })
            {
                var bytes = file.Bytes.ToArray();
                if (bytes[at] != value)
                {
                    bytes[at] = value;
                    AssertDamaged(bytes, BeginOfFrameAt(at));
                }
            }
        }
        var torn = file.Bytes.ToArray();
        torn[^1] = 0;
        var opened = Assert.IsType<JournalOpening.Opened>(JournalFile.Open(torn, out _));
        Assert.Equal(file.Bytes.Length - file.Ends[^2], opened.Cut);
    }

    [Fact]
    public void A_damaged_journal_is_left_as_it_is()
    {
        var bytes = file.Bytes.ToArray();
        bytes[file.Ends[1]] ^= 1;
        Assert.IsType<JournalOpening.Damaged>(JournalFile.Open(bytes, out var disk));
        Assert.Equal(bytes, disk.Peek("/data/journal"));
    }

    [Fact]
    public void Removed_repeated_and_swapped_batches_are_found()
    {
        var frames = file.Frames;
        for (var n = 1; n < frames.Count - 1; n++)
        {
            AssertDamaged(Join([.. frames.Take(n), .. frames.Skip(n + 1)]), file.Ends[n - 1]);
            AssertDamaged(Join([.. frames.Take(n), frames[n + 1], frames[n]]), file.Ends[n - 1]);
        }
        for (var n = 0; n < frames.Count; n++)
        {
            AssertDamaged(Join([.. frames.Take(n + 1), .. frames.Skip(n)]), file.Ends[n]);
        }
    }

    [Fact]
    public void A_batch_of_another_chain_is_found_although_its_number_fits()
    {
        var disk = new SimulatedDisk(1);
        var header = Samples.Header with { BaseHash = new string('1', 64) };
        using var other = EventJournal.Create(disk, "/other", header);
        other.Append([Samples.OfSize(5)], Samples.At);
        var foreign = disk.Peek("/other")[file.Ends[0]..];
        AssertDamaged(Join([file.Frames[0], foreign]), file.Ends[0]);
    }

    [Fact]
    public void A_skipped_and_an_altered_number_are_found()
    {
        var first = file.Batches[0][0];
        var second = JournalEntry.Of(first.ToEvent(), first.At, new(0, 1, JournalChain.Genesis));
        AssertDamaged(second);
        AssertDamaged(first with { Seq = 2 });
        AssertDamaged(first with { Seq = 0 });
    }

    [Fact]
    public void Altered_data_under_a_fresh_checksum_breaks_the_chain()
    {
        var entry = file.Batches[0][0] with { At = "2027-03-01T08:30:00.000Z" };
        AssertDamaged(Join([file.Frames[0], FrameOf(entry)]), file.Ends[0]);
    }

    [Fact]
    public void Altered_missing_and_added_secrets_are_found()
    {
        var start = new JournalPosition(0, 0, JournalChain.Genesis);
        var added = JournalEntry.Of(Samples.OperatorAdded("op1", "001"), Samples.At, start);
        var other = JournalEntry.Of(Samples.OperatorAdded("op1", "002"), Samples.At, start);
        var plain = JournalEntry.Of(new AttemptFailed("op1"), Samples.At, start);

        Assert.Single(AssertOpens(added));
        AssertDamaged(added with { Secret = other.Secret });
        AssertDamaged(added with { Secret = null });
        AssertDamaged(added with { Secret = [] });
        AssertDamaged(plain with { Secret = added.Secret });
    }

    [Fact]
    public void An_event_of_a_newer_version_stops_the_opening_loudly_and_touches_nothing()
    {
        var data = "{}"u8.ToArray();
        const string Type = "operator.teleported.v7";
        var hash = JournalChain.Hash(JournalChain.Genesis, 1, Type, Samples.At, data);
        var entry = new JournalEntry(1, JournalChain.Genesis, hash, Type, Samples.At, data, null);
        var bytes = Join([file.Frames[0], FrameOf(entry)]);
        SimulatedDisk? disk = null;
        Assert.Throws<UnknownEventException>(() => JournalFile.Open(bytes, out disk));
        Assert.Equal(bytes, disk!.Peek("/data/journal"));
    }

    [Fact]
    public void Garbage_behind_the_last_batch_is_found()
    {
        var garbage = Encoding.UTF8.GetBytes("something else altogether");
        AssertDamaged(Join([file.Bytes, garbage]), file.Bytes.Length);
        // More zeros than any batch could have left behind.
        AssertDamaged(Join([file.Bytes, new byte[Frame.MostBytes + 1]]), file.Bytes.Length);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(Frame.MostBody + 1u)]
    [InlineData(uint.MaxValue)]
    public void A_length_out_of_bounds_is_found_without_reserving_it(uint length)
    {
        var head = new byte[64];
        BinaryPrimitives.WriteUInt32LittleEndian(head, length);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(8), Crc32C.Of(head.AsSpan(0, 8)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertDamaged(Join([file.Bytes, head]), file.Bytes.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_field_longer_than_its_frame_is_found()
    {
        var body = JournalBody.Write([file.Batches[0][0]]);
        const int LengthOfType = sizeof(long) + 32;
        foreach (var length in new[] { int.MaxValue, int.MinValue, -1, 1 << 20 })
        {
            BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(LengthOfType), length);
            AssertDamaged(Join([file.Frames[0], Frame.Wrap(body)]), file.Ends[0]);
        }
    }

    [Fact]
    public void A_file_that_is_no_journal_is_damage_at_its_beginning()
    {
        AssertDamaged([], 0);
        AssertDamaged("not a journal, but long enough for one"u8, 0);
        AssertDamaged(new byte[100], 0);
        AssertDamaged(file.Bytes.AsSpan(file.Ends[0]), 0);
        AssertDamaged(Frame.Wrap("\u0003\0\0\0abc"u8), 0);
    }

    private static IReadOnlyList<JournalEntry> AssertOpens(JournalEntry entry) =>
        Assert
            .IsType<JournalOpening.Opened>(
                JournalFile.Open(Join([file.Frames[0], FrameOf(entry)]), out _)
            )
            .Entries;

    private static void AssertDamaged(JournalEntry entry) =>
        AssertDamaged(Join([file.Frames[0], FrameOf(entry)]), file.Ends[0]);

    private static void AssertDamaged(ReadOnlySpan<byte> bytes, int offset)
    {
        var damaged = Assert.IsType<JournalOpening.Damaged>(JournalFile.Open(bytes, out _));
        Assert.Equal(offset, damaged.Offset);
        Assert.NotEmpty(damaged.Problem);
    }

    private static byte[] FrameOf(JournalEntry entry) => Frame.Wrap(JournalBody.Write([entry]));

    private static byte[] Join(IEnumerable<byte[]> parts) => [.. parts.SelectMany(p => p)];

    private static int BeginOfFrameAt(int offset) => file.Ends.LastOrDefault(e => e <= offset);
}
