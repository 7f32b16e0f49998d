using System.Buffers;
using System.Security.Cryptography;
using Tillkeeper.Core;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage;

namespace Tillkeeper.Server.Campaigns;

/// <summary>
/// Artifacts as files named by their hash. Streamed, never whole in memory; a file is there whole or not at all, power cuts included.
/// </summary>
internal sealed class ArtifactStore
{
    private const int BufferBytes = 128 * 1024;
    private const string Unfinished = ".part";
    private readonly string folder;

    public ArtifactStore(DataFolder data)
    {
        folder = data.Artifacts;
        Directory.CreateDirectory(
            folder,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        foreach (var left in Directory.EnumerateFiles(folder, "*" + Unfinished))
        {
            File.Delete(left);
        }
    }

    /// <summary>The file of a hash; null when it is not there.</summary>
    public string? Find(string sha256) =>
        Artifact.IsSha256(sha256) && File.Exists(PathOf(sha256)) ? PathOf(sha256) : null;

    /// <summary>Takes in bytes; they are durable under their hash when this returns.</summary>
    public async Task<(string Sha256, long Size, Refusal? Refusal)> Take(
        Stream bytes,
        CancellationToken cancel
    )
    {
        var aside = Path.Combine(folder, Guid.NewGuid().ToString("N") + Unfinished);
        try
        {
            var (sha256, size, refusal) = await Write(bytes, aside, cancel);
            if (refusal is null)
            {
                // The same bytes under the same name: it does not matter whose stay.
                File.Move(aside, PathOf(sha256), overwrite: true);
                DurableFile.FlushDirectory(folder);
            }
            return (sha256, size, refusal);
        }
        catch (BadHttpRequestException e)
            when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ("", 0, TooLarge);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    private static async Task<(string Sha256, long Size, Refusal? Refusal)> Write(
        Stream bytes,
        string path,
        CancellationToken cancel
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
                Options = FileOptions.Asynchronous,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while ((read = await bytes.ReadAsync(buffer, cancel)) > 0)
            {
                if (file.Position + read > Artifact.MostBytes)
                {
                    return ("", 0, TooLarge);
                }
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        file.Flush(flushToDisk: true);
        return file.Position == 0
            ? ("", 0, Refusal.Invalid("body", "An artifact has at least one byte."))
            : (Convert.ToHexStringLower(hash.GetHashAndReset()), file.Position, null);
    }

    private string PathOf(string sha256) => Path.Combine(folder, sha256);

    private static Refusal TooLarge { get; } =
        new(
            RefusalKind.TooLarge,
            "too_large",
            $"An artifact has at most {Artifact.MostBytes / 1024 / 1024} MiB."
        );
}
