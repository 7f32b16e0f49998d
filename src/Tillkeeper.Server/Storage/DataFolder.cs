namespace Tillkeeper.Server.Storage;

/// <summary>The server's folder, held exclusively: two servers on one embedded database would break the one-writer rule.</summary>
internal sealed class DataFolder : IDisposable
{
    public const string DatabaseFile = "tillkeeper.db";
    public const string MasterKeyFile = "master.key";
    public const string CheckpointFile = "checkpoints.log";
    public const string ArtifactFolder = "artifacts";

    private readonly FileStream hold;

    private DataFolder(string path, FileStream hold)
    {
        Path = path;
        this.hold = hold;
    }

    public string Path { get; }
    public string Database => In(DatabaseFile);
    public string MasterKey => In(MasterKeyFile);
    public string AdminKey => In("admin.key");
    public string Ca => In("ca.crt");
    public string Artifacts => In(ArtifactFolder);
    public string Checkpoints => In(CheckpointFile);

    /// <summary>Opens or makes the folder; null when another process holds it.</summary>
    public static DataFolder? Open(string path)
    {
        Directory.CreateDirectory(
            path,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        try
        {
            var held = new FileStream(
                System.IO.Path.Combine(path, "in-use"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
            return new DataFolder(path, held);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => hold.Dispose();

    private string In(string file) => System.IO.Path.Combine(Path, file);
}
