using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Journal;
using Tillkeeper.Agent.Link;
using Tillkeeper.Core.Campaigns;

namespace Tillkeeper.Agent.Updates;

/// <summary>
/// Brings an artifact onto the disk, from where it was cut off (RFC 9110 14), and believes only its hash. A file under its own hash has
/// been verified; it is verified again before it is installed.
/// </summary>
internal sealed partial class ArtifactDownload(
    ServerClient server,
    DataFolder folder,
    IDisk disk,
    ILogger<ArtifactDownload> logger
)
{
    private const int BufferBytes = 64 * 1024;
    private const long SpareBytes = 16 * 1024 * 1024;

    /// <summary>A transfer that stands still for so long is given up, and resumed later.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    public string PathOf(Artifact artifact) => Path.Combine(folder.Downloads, artifact.Sha256);

    /// <summary>Is it there, whole and unchanged? Reads all of it.</summary>
    public async Task<bool> IsWholeAsync(Artifact artifact, CancellationToken stop)
    {
        var path = PathOf(artifact);
        if (!File.Exists(path))
        {
            return false;
        }
        if (await MatchesAsync(path, artifact, stop))
        {
            return true;
        }
        disk.Delete(path);
        return false;
    }

    /// <summary>
    /// Fetches what is missing. Returns null when it is there and verified, or why it never will be, as a code.
    /// </summary>
    /// <param name="wanted">Asked at every piece: an update can be stopped meanwhile.</param>
    /// <exception cref="HttpRequestException">The server or the network failed: to be tried again.</exception>
    /// <exception cref="IOException">The same, or the disk did.</exception>
    /// <exception cref="OperationCanceledException">Told to stop, silence, or not wanted any more.</exception>
    public async Task<string?> FetchAsync(
        Artifact artifact,
        Func<bool> wanted,
        CancellationToken stop
    )
    {
        disk.CreateDirectory(folder.Downloads);
        if (await IsWholeAsync(artifact, stop))
        {
            return null;
        }
        var part = PathOf(artifact) + ".part";
        // What a power cut left may hold what was never sent: then the hash says so, and all of it is fetched once more.
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            if (await ReceiveAsync(artifact, part, wanted, stop) is { } never)
            {
                return never;
            }
            if (await MatchesAsync(part, artifact, stop))
            {
                disk.Rename(part, PathOf(artifact));
                return null;
            }
            LogCorrupt(artifact.Sha256, attempt);
            disk.Delete(part);
        }
        return "corrupt_artifact";
    }

    /// <summary>Leaves nothing but what is still needed.</summary>
    public void KeepOnly(Artifact? artifact)
    {
        if (!Directory.Exists(folder.Downloads))
        {
            return;
        }
        foreach (var path in Directory.EnumerateFiles(folder.Downloads))
        {
            if (
                artifact is null
                || !Path.GetFileName(path).StartsWith(artifact.Sha256, StringComparison.Ordinal)
            )
            {
                File.Delete(path);
            }
        }
    }

    private async Task<string?> ReceiveAsync(
        Artifact artifact,
        string part,
        Func<bool> wanted,
        CancellationToken stop
    )
    {
        await using var file = new FileStream(
            part,
            new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                BufferSize = 0,
                Options = FileOptions.Asynchronous,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
        if (file.Length > artifact.Size)
        {
            file.SetLength(0);
        }
        if (file.Length == artifact.Size)
        {
            return null;
        }
        if (Free(part) < artifact.Size - file.Length + SpareBytes)
        {
            return "no_space";
        }
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(stop);
        silence.CancelAfter(LongestSilence);
        using var response = await AskAsync(artifact, file.Length, silence.Token);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return "artifact_not_found";
        }
        response.EnsureSuccessStatusCode();
        var from =
            response.StatusCode == HttpStatusCode.PartialContent
                ? response.Content.Headers.ContentRange?.From
                : 0;
        if (from != file.Length)
        {
            file.SetLength(0);
            if (from != 0)
            {
                throw new HttpRequestException("another part came than the one asked for");
            }
        }
        LogFetching(artifact.Sha256, file.Length, artifact.Size);
        file.Seek(0, SeekOrigin.End);
        await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = await body.ReadAsync(buffer, silence.Token)) > 0)
        {
            silence.CancelAfter(LongestSilence);
            if (file.Length + read > artifact.Size)
            {
                throw new HttpRequestException("more came than was signed for");
            }
            if (!wanted())
            {
                throw new OperationCanceledException("The update is not wanted any more.");
            }
            await file.WriteAsync(buffer.AsMemory(0, read), stop);
        }
        file.Flush(flushToDisk: true);
        return file.Length == artifact.Size
            ? null
            : throw new HttpRequestException("the transfer ended early");
    }

    private async Task<HttpResponseMessage> AskAsync(
        Artifact artifact,
        long from,
        CancellationToken stop
    )
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"/terminal/v1/artifacts/{artifact.Sha256}"
        );
        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
        }
        return await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
    }

    private static long Free(string path) =>
        new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace;

    private static async Task<bool> MatchesAsync(
        string path,
        Artifact artifact,
        CancellationToken stop
    )
    {
        await using var file = File.OpenRead(path);
        return file.Length == artifact.Size
            && Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop)) == artifact.Sha256;
    }

    [LoggerMessage(LogLevel.Information, "Fetching {Sha256}: {Have} of {Size} bytes are here.")]
    private partial void LogFetching(string sha256, long have, long size);

    [LoggerMessage(
        LogLevel.Warning,
        "What was fetched is not {Sha256} (attempt {Attempt}); it was deleted."
    )]
    private partial void LogCorrupt(string sha256, int attempt);
}
