using System.Text;

namespace Tillkeeper.Agent.Commands;

/// <summary>Reads an output to its end, so that nothing blocks whoever writes it, and keeps the beginning.</summary>
internal sealed class Listening
{
    private readonly System.Threading.Lock gate = new();
    private readonly MemoryStream kept = new();

    public Listening(Stream from, int most) => Ended = ReadAsync(from, most);

    /// <summary>Done when nobody holds the other end any more; that may be never.</summary>
    public Task Ended { get; }

    public string Text
    {
        get
        {
            lock (gate)
            {
                return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
            }
        }
    }

    private async Task ReadAsync(Stream from, int most)
    {
        var buffer = new byte[1024];
        try
        {
            while (await from.ReadAsync(buffer) is > 0 and var read)
            {
                lock (gate)
                {
                    kept.Write(buffer, 0, (int)Math.Min(read, most - kept.Length));
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Closed from this side: nobody waits for the rest.
        }
    }
}
