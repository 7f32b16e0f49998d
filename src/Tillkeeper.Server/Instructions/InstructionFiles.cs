namespace Tillkeeper.Server.Instructions;

/// <summary>
/// The instructions as files: <c>BRAND/MODEL.en.md</c> and <c>BRAND/MODEL.zh.md</c>, each with a head between two lines of <c>---</c>
/// (<c>title</c>, <c>brand</c>, <c>models</c>, <c>paymentSystems</c>, <c>causes</c>; lists with commas) and Markdown below it. Read once, at
/// start: a file that is wrong is told then, not when a shop waits.
/// </summary>
internal sealed class InstructionFiles
{
    private const int MostFiles = 2000;
    private const long MostBytes = 64 * 1024;
    private const string Fence = "---";

    private sealed record Page(IReadOnlyDictionary<string, string> Head, string Text);

    private InstructionFiles(IReadOnlyList<Instruction> all) => All = all;

    public IReadOnlyList<Instruction> All { get; }

    /// <summary>Those that come with the program.</summary>
    public static string Shipped =>
        Path.Combine(AppContext.BaseDirectory, "content", "instructions");

    /// <exception cref="InvalidDataException">A file is wrong, or one language is missing; the message names it.</exception>
    public static InstructionFiles Load(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return new([]);
        }
        var pairs = Directory
            .EnumerateFiles(folder, "*.md", SearchOption.AllDirectories)
            .Where(f =>
                f.EndsWith(".en.md", StringComparison.Ordinal)
                || f.EndsWith(".zh.md", StringComparison.Ordinal)
            )
            .Take(MostFiles)
            .Order(StringComparer.Ordinal)
            .GroupBy(f => f[..^".xx.md".Length], StringComparer.Ordinal);
        return new([.. pairs.Select(pair => Read(folder, pair.Key))]);
    }

    private static Instruction Read(string folder, string stem)
    {
        var (en, zh) = (ReadPage($"{stem}.en.md"), ReadPage($"{stem}.zh.md"));
        return new Instruction(
            Path.GetRelativePath(folder, stem).Replace('\\', '/'),
            Needed(en, "brand", stem),
            List(en, "models"),
            List(en, "paymentSystems"),
            List(en, "causes"),
            new(Needed(en, "title", stem), Needed(zh, "title", stem)),
            new(en.Text, zh.Text)
        );
    }

    private static Page ReadPage(string file)
    {
        FileInfo info = new(file);
        if (!info.Exists || info.Length > MostBytes)
        {
            throw new InvalidDataException(
                $"{file}: is missing, or larger than {MostBytes / 1024} KiB; each instruction is one .en.md and one .zh.md."
            );
        }
        var lines = File.ReadAllLines(file);
        var end = Array.LastIndexOf(lines, Fence);
        if (end > 0 && lines[0] == Fence)
        {
            end = Array.IndexOf(lines, Fence, 1);
        }
        else
        {
            throw new InvalidDataException(
                $"{file}:1: begin with a head between two lines of ---."
            );
        }
        Dictionary<string, string> head = new(StringComparer.Ordinal);
        for (var i = 1; i < end; i++)
        {
            var colon = lines[i].IndexOf(':', StringComparison.Ordinal);
            if (colon < 1)
            {
                throw new InvalidDataException($"{file}:{i + 1}: write 'name: value'.");
            }
            head[lines[i][..colon].Trim()] = lines[i][(colon + 1)..].Trim();
        }
        return new Page(head, string.Join('\n', lines[(end + 1)..]).Trim());
    }

    private static string Needed(Page page, string name, string stem) =>
        page.Head.GetValueOrDefault(name) is { Length: > 0 } value
            ? value
            : throw new InvalidDataException($"{stem}: its head lacks '{name}'.");

    private static string[] List(Page page, string name) =>
        page
            .Head.GetValueOrDefault(name, "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
