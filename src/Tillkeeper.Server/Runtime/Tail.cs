using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Tillkeeper.Server.Runtime;

/// <summary>
/// Tells who listens that a stream has moved on. A wake-up carries nothing: the listener reads what is new, so that a missed or doubled
/// wake-up loses nothing.
/// </summary>
internal sealed class Tail
{
    /// <summary>Stands for every stream; no stream is called so.</summary>
    public const string Everything = "*";

    /// <summary>Whole lists are swapped, so that one who comes and one who goes at the same moment both get their way.</summary>
    private readonly ConcurrentDictionary<string, ImmutableArray<Listener>> listeners = new(
        StringComparer.Ordinal
    );

    /// <summary>Wakes the listeners of these streams. Called after the commit, never inside it.</summary>
    public void Publish(IReadOnlyCollection<string> streams)
    {
        if (listeners.IsEmpty)
        {
            return;
        }
        foreach (var stream in streams.Prepend(Everything))
        {
            if (listeners.TryGetValue(stream, out var awaiting))
            {
                foreach (var listener in awaiting)
                {
                    listener.Wake();
                }
            }
        }
    }

    /// <summary>Listens to one stream until disposed.</summary>
    public Listener Listen(string stream) => ListenToAny([stream]);

    /// <summary>Listens to several streams until disposed; any of them wakes.</summary>
    public Listener ListenToAny(IReadOnlyList<string> streams)
    {
        var listener = new Listener(this, streams);
        foreach (var stream in streams)
        {
            listeners.AddOrUpdate(stream, [listener], (_, others) => others.Add(listener));
        }
        return listener;
    }

    internal sealed class Listener(Tail tail, IReadOnlyList<string> streams) : IDisposable
    {
        private readonly SemaphoreSlim woken = new(0, 1);

        /// <summary>True when woken, false when the time was up.</summary>
        public Task<bool> Wait(TimeSpan atMost, CancellationToken cancel) =>
            woken.WaitAsync(atMost, cancel);

        internal void Wake()
        {
            try
            {
                woken.Release();
            }
            catch (SemaphoreFullException)
            {
                // Already awake: one wake-up is as good as two.
            }
        }

        public void Dispose()
        {
            foreach (var stream in streams)
            {
                Leave(stream);
            }
        }

        private void Leave(string stream)
        {
            while (tail.listeners.TryGetValue(stream, out var all))
            {
                var others = all.Remove(this);
                var gone = others.IsEmpty
                    ? tail.listeners.TryRemove(KeyValuePair.Create(stream, all))
                    : tail.listeners.TryUpdate(stream, others, all);
                if (gone)
                {
                    return;
                }
            }
        }
    }
}
