namespace Tillkeeper.Agent.Journal;

/// <summary>What was found where the journal should be.</summary>
internal abstract record JournalOpening
{
    private JournalOpening() { }

    /// <summary>A sound journal; <see cref="JournalEntry.ToEvent"/> succeeds for each of its entries.</summary>
    public sealed record Opened(
        EventJournal Journal,
        JournalHeader Header,
        IReadOnlyList<JournalEntry> Entries
    ) : JournalOpening
    {
        /// <summary>How many bytes of a last, never acknowledged batch were cut off.</summary>
        public long Cut { get; init; }
    }

    /// <summary>There is no file.</summary>
    public sealed record Missing : JournalOpening;

    /// <summary>There is a file that cannot be believed; it is left as it is.</summary>
    /// <param name="Problem">What does not check out, without any content.</param>
    /// <param name="Offset">Where the frame begins that does not.</param>
    public sealed record Damaged(string Problem, long Offset) : JournalOpening;
}
