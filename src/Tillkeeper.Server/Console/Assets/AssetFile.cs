using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace Tillkeeper.Server.Console.Assets;

/// <summary>One file that pages load, in memory, plain and compressed.</summary>
/// <param name="Name">Below <c>/assets/</c>, e.g. <c>vendor/htmx.min.js</c>.</param>
/// <param name="Version">Changes with the content, so that a browser may keep the file for ever.</param>
internal sealed record AssetFile(
    string Name,
    string ContentType,
    string Version,
    ReadOnlyMemory<byte> Plain,
    ReadOnlyMemory<byte> Brotli
)
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    public static AssetFile Read(string folder, string file)
    {
        var plain = File.ReadAllBytes(file);
        return new AssetFile(
            Path.GetRelativePath(folder, file).Replace('\\', '/'),
            Types.TryGetContentType(file, out var type) ? type : "application/octet-stream",
            Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 8)),
            plain,
            Compress(plain)
        );
    }

    private static byte[] Compress(byte[] plain)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal))
        {
            brotli.Write(plain);
        }
        return compressed.ToArray();
    }
}
