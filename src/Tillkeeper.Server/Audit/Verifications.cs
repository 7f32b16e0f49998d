namespace Tillkeeper.Server.Audit;

/// <summary>A verification as it stands.</summary>
/// <param name="Checked">Entries of the log that were looked at so far.</param>
/// <param name="Total">As many as there were when it began.</param>
internal sealed record VerificationView(
    bool Running,
    long Checked,
    long Total,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string StartedBy,
    AuditReport? Report
);

/// <summary>Verifies in the background, one at a time: a large log takes minutes, and whoever asked wants to see it get on.</summary>
internal sealed partial class Verifications(
    LogVerifier verifier,
    TimeProvider time,
    ILogger<Verifications> logger
)
{
    private readonly System.Threading.Lock gate = new();
    private VerificationView? last;
    private long done;

    /// <summary>The one at work, or the last one; null when none was asked for since the server has started.</summary>
    public VerificationView? Last
    {
        get
        {
            lock (gate)
            {
                return last is { Running: true }
                    ? last with
                    {
                        Checked = Interlocked.Read(ref done),
                    }
                    : last;
            }
        }
    }

    /// <summary>Begins one; while one is at work, that is the one.</summary>
    public VerificationView Start(string person)
    {
        lock (gate)
        {
            if (last is { Running: true } atWork)
            {
                return atWork;
            }
            Interlocked.Exchange(ref done, 0);
            last = new VerificationView(
                true,
                0,
                verifier.Count(),
                time.GetUtcNow(),
                null,
                person,
                null
            );
            _ = Task.Run(Work);
            return last;
        }
    }

    private void Work()
    {
        AuditReport? report = null;
        try
        {
            report = verifier.Verify(() => Interlocked.Increment(ref done));
        }
        catch (Exception e) when (e is IOException or Microsoft.Data.Sqlite.SqliteException)
        {
            LogBroken(e);
        }
        lock (gate)
        {
            last = last! with
            {
                Running = false,
                Checked = Interlocked.Read(ref done),
                EndedAt = time.GetUtcNow(),
                Report = report,
            };
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A verification of the log broke off.")]
    private partial void LogBroken(Exception exception);
}
