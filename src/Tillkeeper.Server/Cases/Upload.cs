using System.Buffers;
using Tillkeeper.Core;

namespace Tillkeeper.Server.Cases;

/// <summary>The bytes of a document as they come in, or why they are not taken.</summary>
internal readonly record struct Upload(byte[] Content, Refusal? Refusal)
{
    public const int MostBytes = 10 * 1024 * 1024;

    /// <summary>
    /// What Kestrel lets through: more than is taken, so that the answer is ours and reaches a sender who has not finished.
    /// </summary>
    public const long KestrelBytes = 4L * MostBytes;

    private const int BufferBytes = 64 * 1024;

    /// <summary>Reads at most <see cref="MostBytes"/>; what announces more is not read at all.</summary>
    public static async Task<Upload> Read(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > MostBytes)
        {
            return TooLarge;
        }
        using MemoryStream content = new();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(buffer, cancel)) > 0)
            {
                if (content.Length + read > MostBytes)
                {
                    return TooLarge;
                }
                await content.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
        }
        catch (BadHttpRequestException e)
            when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge;
        }
        finally
        {
            // Cleared, because a document may be in it.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
        return new Upload(content.ToArray(), null);
    }

    private static Upload TooLarge { get; } =
        new(
            [],
            new Refusal(
                RefusalKind.TooLarge,
                "too_large",
                $"A document has at most {MostBytes / 1024 / 1024} MiB; send a smaller photo."
            )
        );
}
