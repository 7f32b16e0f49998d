using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Tests.Secrets;

/// <summary>A folder of the test's own, gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tillkeeper-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A master key in a file of this folder.</summary>
    public FileMasterKey MasterKey(string name = "master.key") =>
        FileMasterKey.LoadOrCreate(File(name), mayCreate: true);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
