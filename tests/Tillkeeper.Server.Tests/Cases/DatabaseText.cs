using System.Text;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Cases;

/// <summary>Searches the server's files byte by byte, write-ahead log included, as somebody who stole the disk would.</summary>
internal static class DatabaseText
{
    public static bool Contains(RunningServer server, string text) =>
        Contains(server, Encoding.UTF8.GetBytes(text));

    public static bool Contains(RunningServer server, byte[] bytes) =>
        Directory
            .EnumerateFiles(server.Data, "tillkeeper.db*")
            .Any(file => Read(file).AsSpan().IndexOf(bytes) >= 0);

    private static byte[] Read(string file)
    {
        using FileStream open = new(
            file,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        var content = new byte[open.Length];
        open.ReadExactly(content);
        return content;
    }
}
