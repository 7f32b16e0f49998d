namespace Tillkeeper.Agent.Journal;

/// <summary>
/// The disk refused, so nobody knows what it holds: this journal is over. The program must stop deciding, and can only find out
/// by opening the journal anew.
/// </summary>
internal sealed class JournalBrokenException(string message, Exception? inner = null)
    : IOException(message, inner);
