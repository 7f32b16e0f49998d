using Tillkeeper.Agent.Journal;

namespace Tillkeeper.Agent.Hosting;

/// <summary>Puts a file that cannot be believed out of the way without losing it: somebody may have to look at it.</summary>
internal static class Aside
{
    private const int Most = 100;

    /// <summary>Renames to the first free <c>path.aside-N</c> and returns that name; the last one is overwritten when all are taken.</summary>
    public static string Put(IDisk disk, string path)
    {
        var free = Enumerable
            .Range(1, Most)
            .Select(n => $"{path}.aside-{n}")
            .FirstOrDefault(name => !disk.Exists(name));
        var aside = free ?? $"{path}.aside-{Most}";
        disk.Rename(path, aside);
        return aside;
    }
}
