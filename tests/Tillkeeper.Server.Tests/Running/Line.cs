using System.Text;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Server.Tests.Running;

/// <summary>One of a terminal's own events as it goes over the wire; <paramref name="Data"/> is hashed as it is written here.</summary>
internal sealed record Line(long Seq, string Prev, string Type, string At, string Data)
{
    public string Hash => JournalChain.Hash(Prev, Seq, Type, At, Encoding.UTF8.GetBytes(Data));

    public string Json =>
        $$"""{"seq":{{Seq}},"prev":"{{Prev}}","type":"{{Type}}","at":"{{At}}","data":{{Data}}}""";

    /// <summary>The first event, or the one after <paramref name="before"/>.</summary>
    public static Line After(Line? before, string type = "drawer.opened.v7", string data = "{}") =>
        new(
            (before?.Seq ?? 0) + 1,
            before?.Hash ?? JournalChain.Genesis,
            type,
            "2026-11-22T09:00:00.000Z",
            data
        );

    /// <summary>A run of events, one after the other.</summary>
    public static Line[] Run(int count, Line? before = null)
    {
        List<Line> lines = [];
        for (var i = 0; i < count; i++)
        {
            before = After(before, data: $$"""{"nth": {{i}}}""");
            lines.Add(before);
        }
        return [.. lines];
    }
}
