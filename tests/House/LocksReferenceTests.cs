namespace Tillkeeper.House;

public sealed class LocksReferenceTests
{
    [Fact]
    public void The_reference_of_locks_says_what_the_table_says()
    {
        var file = Repository.PathTo("docs", "reference", "locks.md");
        var generated = LocksReference.Write();
        if (Repository.IsUpdate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, generated);
        }
        Assert.True(
            File.Exists(file) && File.ReadAllText(file) == generated,
            $"docs/reference/locks.md is not what LockTable says. {Repository.HowTo}"
        );
    }
}
