using System.Collections.Concurrent;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Tests.Secrets;

/// <summary>A sealed store that lives as long as the test, and may be written to behind its back.</summary>
internal sealed class MemoryStore : ISealedStore
{
    private readonly ConcurrentDictionary<string, byte[]> rows = new(StringComparer.Ordinal);

    public byte[]? Find(string name) => rows.GetValueOrDefault(name);

    public void Add(string name, byte[] sealedBytes)
    {
        if (!rows.TryAdd(name, sealedBytes))
        {
            throw new InvalidOperationException($"'{name}' is taken.");
        }
    }

    public IReadOnlyList<string> Names(string prefix) =>
        [.. rows.Keys.Where(n => n.StartsWith(prefix, StringComparison.Ordinal))];

    public void Tamper(string name, byte[] bytes) => rows[name] = bytes;

    public void Remove(string name) => Assert.True(rows.TryRemove(name, out _));

    /// <summary>Does any row hold these bytes in clear?</summary>
    public bool Leaks(byte[] secret) => rows.Values.Any(r => r.AsSpan().IndexOf(secret) >= 0);
}
