using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Journal;

/// <summary>One event as it stands in the journal; all but <paramref name="Secret"/> is reported upwards.</summary>
/// <param name="Seq">Its number, gapless from <see cref="JournalHeader.BaseSeq"/> + 1.</param>
/// <param name="Prev">The hash of the entry before.</param>
/// <param name="Hash">By <see cref="JournalChain.Hash"/>.</param>
/// <param name="Type">Its name in the catalogue.</param>
/// <param name="At">RFC 3339, milliseconds, <c>Z</c>.</param>
/// <param name="Data">The event's JSON, the very bytes that the hash covers.</param>
/// <param name="Secret">The JSON of its <see cref="OperatorSecret"/>; null for events without one.</param>
internal sealed record JournalEntry(
    long Seq,
    string Prev,
    string Hash,
    string Type,
    string At,
    byte[] Data,
    byte[]? Secret
)
{
    public IDeviceEvent ToEvent() => throw new NotImplementedException();
}

/// <summary>Whose journal it is, and where its numbers and its chain begin.</summary>
/// <param name="BaseSeq">The number before its first entry: 0, or the last acknowledged one after a loss.</param>
/// <param name="BaseHash">The hash before its first entry: <see cref="JournalChain.Genesis"/>, or the last acknowledged one.</param>
internal sealed record JournalHeader(string Terminal, int Epoch, long BaseSeq, string BaseHash);
