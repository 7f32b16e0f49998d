using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Tillkeeper.Agent.Tests.World;

/// <summary>What updates bring, by its hash.</summary>
internal sealed class TestArtifacts
{
    private readonly ConcurrentDictionary<string, byte[]> all = new(StringComparer.Ordinal);

    public string Add(byte[] bytes)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        all[sha256] = bytes;
        return sha256;
    }

    public void Forget() => all.Clear();

    public IResult Answer(string sha256) =>
        all.TryGetValue(sha256, out var bytes)
            ? Results.File(bytes, enableRangeProcessing: true)
            : Results.NotFound();
}
