namespace Tillkeeper.House.Phrases;

/// <summary>Tells every mistake at once, whole.</summary>
internal static class None
{
    public static void Of(IEnumerable<string> mistakes)
    {
        var found = mistakes.ToArray();
        Assert.True(found.Length == 0, $"{found.Length}:\n{string.Join('\n', found)}");
    }
}
