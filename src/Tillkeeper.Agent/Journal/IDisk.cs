namespace Tillkeeper.Agent.Journal;

/// <summary>
/// The few things that what must survive a power cut asks of a disk. A seam, so that a simulated disk can lose in the tests
/// what was not synced. Everything throws <see cref="IOException"/> (or what File APIs throw) when the disk refuses.
/// </summary>
internal interface IDisk
{
    bool Exists(string path);

    byte[] ReadAllBytes(string path);

    /// <summary>
    /// Opens for appending, for this program alone; creates the file (mode 0600) when it is missing. What a program that died
    /// left in the cache, the name included, is synced first. What is read afterwards comes from the disk: after a failed sync
    /// the cache may go on showing bytes that the disk never took.
    /// </summary>
    IDiskFile OpenAppend(string path);

    /// <summary>Puts a small file in place, whole or not at all: on return it survives a power cut. Mode 0600.</summary>
    void WriteDurably(string path, ReadOnlySpan<byte> content);

    /// <summary>Renames within the disk, over what stands at <paramref name="to"/>; on return it survives a power cut.</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file if it is there; on return it stays deleted.</summary>
    void Delete(string path);

    /// <summary>Creates a directory (mode 0700) with those above it if they are missing; on return they survive a power cut.</summary>
    void CreateDirectory(string path);
}

/// <summary>An open file that only grows at its end, or is cut there.</summary>
internal interface IDiskFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads up to <paramref name="into"/>'s length from <paramref name="offset"/>; fewer only at the end of the file.</summary>
    int Read(long offset, Span<byte> into);

    /// <summary>Writes at the end. Durable only after <see cref="Sync"/>.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Returns when everything written is on the disk. A failure is final: what was written may be gone.</summary>
    void Sync();

    /// <summary>Cuts the file to <paramref name="length"/> bytes. Durable only after <see cref="Sync"/>.</summary>
    void Truncate(long length);
}
