using System.Collections.Concurrent;

namespace Tillkeeper.Server.Console.Assets;

/// <summary>The style sheets and scripts beside the program. Each is read and compressed when it is first asked for.</summary>
internal sealed class AssetFiles
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "assets");
    private readonly ConcurrentDictionary<string, Lazy<AssetFile>> files = new(
        Directory.Exists(Folder)
            ? Directory
                .EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
                .Select(file =>
                    KeyValuePair.Create(
                        Path.GetRelativePath(Folder, file),
                        new Lazy<AssetFile>(() => AssetFile.Read(Folder, file))
                    )
                )
            : [],
        StringComparer.Ordinal
    );

    public AssetFile? Find(string name) => files.GetValueOrDefault(name)?.Value;

    /// <summary>Where a page finds it; changes with the content.</summary>
    public string Address(string name) => $"/assets/{name}?v={Find(name)?.Version ?? "missing"}";
}
