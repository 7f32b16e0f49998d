using System.CommandLine;

namespace Tillkeeper.Server.Backups;

/// <summary><c>Tillkeeper.Server backup --data DIR --to NEW-DIR</c>.</summary>
internal static class BackupCommand
{
    public static Command Make()
    {
        Option<DirectoryInfo> data = new("--data")
        {
            Description = "Folder of the server's data; the server may be running.",
            Required = true,
        };
        Option<DirectoryInfo> to = new("--to")
        {
            Description = "Folder to make, with everything in it but the master key.",
            Required = true,
        };
        Option<FileInfo?> masterKey = new("--master-key")
        {
            Description =
                "File with the master key, to verify the copy (default: the one in the data folder).",
        };
        Command command = new("backup", "Copies the data folder and verifies the copy.")
        {
            data,
            to,
            masterKey,
        };
        command.SetAction(parsed =>
            new Backup(
                parsed.GetRequiredValue(data).FullName.TrimEnd(Path.DirectorySeparatorChar),
                parsed.GetRequiredValue(to).FullName.TrimEnd(Path.DirectorySeparatorChar),
                parsed.GetValue(masterKey)?.FullName
            ).Run()
        );
        return command;
    }
}
