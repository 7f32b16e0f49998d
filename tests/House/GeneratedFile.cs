namespace Tillkeeper.House;

/// <summary>A document that is written from the code: with TILLKEEPER_UPDATE=1 it is, otherwise it must be what would be written.</summary>
internal static class GeneratedFile
{
    public static void Check(string generated, params string[] path)
    {
        var file = Repository.PathTo(path);
        if (Repository.IsUpdate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, generated);
        }
        Assert.True(
            File.Exists(file) && File.ReadAllText(file) == generated,
            $"{Repository.Relative(file)} is not what the code says. {Repository.HowTo}"
        );
    }
}
