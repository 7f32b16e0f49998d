namespace Tillkeeper.Agent.Journal;

/// <summary>The disk of this machine.</summary>
internal sealed class RealDisk : IDisk
{
    public bool Exists(string path) => throw new NotImplementedException();

    public byte[] ReadAllBytes(string path) => throw new NotImplementedException();

    public IDiskFile OpenAppend(string path) => throw new NotImplementedException();

    public void WriteDurably(string path, ReadOnlySpan<byte> content) => throw new NotImplementedException();

    public void Rename(string from, string to) => throw new NotImplementedException();

    public void Delete(string path) => throw new NotImplementedException();

    public void CreateDirectory(string path) => throw new NotImplementedException();
}
