using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Journal;

internal sealed class EventJournal : IDisposable
{
    public long LastSeq => throw new NotImplementedException();

    public string LastHash => throw new NotImplementedException();

    public static JournalOpening Open(IDisk disk, string path) => throw new NotImplementedException();

    public static EventJournal Create(IDisk disk, string path, JournalHeader header) => throw new NotImplementedException();

    public IReadOnlyList<JournalEntry> Append(IReadOnlyList<IDeviceEvent> events, string at) => throw new NotImplementedException();

    public IReadOnlyList<JournalEntry> ReadAfter(long seq, int most) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
