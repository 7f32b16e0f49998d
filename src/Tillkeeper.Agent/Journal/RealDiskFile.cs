namespace Tillkeeper.Agent.Journal;

/// <summary>An open file of this machine. The stream is there for its handle and its lock; nothing goes through its position.</summary>
internal sealed class RealDiskFile(FileStream stream) : IDiskFile
{
    public long Length { get; private set; } = RandomAccess.GetLength(stream.SafeFileHandle);

    public int Read(long offset, Span<byte> into)
    {
        var total = 0;
        while (total < into.Length)
        {
            var read = RandomAccess.Read(stream.SafeFileHandle, into[total..], offset + total);
            if (read == 0)
            {
                break;
            }
            total += read;
        }
        return total;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(stream.SafeFileHandle, bytes, Length);
        Length += bytes.Length;
    }

    public void Sync() => RandomAccess.FlushToDisk(stream.SafeFileHandle);

    public void Truncate(long length)
    {
        RandomAccess.SetLength(stream.SafeFileHandle, length);
        Length = length;
    }

    /// <summary>Syncs what an earlier program left, then has the cache forgotten, for the reasons that <see cref="IDisk.OpenAppend"/> gives.</summary>
    public void BelieveOnlyTheDisk()
    {
        Sync();
        Posix.ForgetCached(stream.SafeFileHandle);
    }

    public void Dispose() => stream.Dispose();
}
