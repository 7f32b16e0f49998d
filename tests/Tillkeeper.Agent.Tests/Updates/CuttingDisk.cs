using Tillkeeper.Agent.Journal;

namespace Tillkeeper.Agent.Tests.Updates;

/// <summary>A real disk on which the power goes at a chosen write to the journal: just before it, or just after it is durable.</summary>
internal sealed class CuttingDisk : IDisk
{
    private readonly RealDisk real = new();
    private int left = int.MaxValue;
    private bool after;

    /// <summary>Has the power gone since it was planned?</summary>
    public bool IsCut { get; private set; }

    /// <summary>The power goes at the write after so many further ones.</summary>
    public void CutAt(int writes, bool whenDurable) =>
        (left, after, IsCut) = (writes, whenDurable, false);

    public void Heal() => (left, IsCut) = (int.MaxValue, false);

    public bool Exists(string path) => real.Exists(path);

    public byte[] ReadAllBytes(string path) => real.ReadAllBytes(path);

    public IDiskFile OpenAppend(string path) => new Cutting(this, real.OpenAppend(path));

    public void WriteDurably(string path, ReadOnlySpan<byte> content) =>
        real.WriteDurably(path, content);

    public void Rename(string from, string to) => real.Rename(from, to);

    public void Delete(string path) => real.Delete(path);

    public void CreateDirectory(string path) => real.CreateDirectory(path);

    private void Fail()
    {
        IsCut = true;
        throw new IOException("The power is off.");
    }

    private sealed class Cutting(CuttingDisk disk, IDiskFile real) : IDiskFile
    {
        public long Length => real.Length;

        public int Read(long offset, Span<byte> into) => real.Read(offset, into);

        public void Append(ReadOnlySpan<byte> bytes)
        {
            if (disk.IsCut || (disk.left == 0 && !disk.after))
            {
                disk.Fail();
            }
            real.Append(bytes);
        }

        public void Sync()
        {
            real.Sync();
            if (disk.left-- == 0)
            {
                disk.Fail();
            }
        }

        public void Truncate(long length) => real.Truncate(length);

        public void Dispose() => real.Dispose();
    }
}
