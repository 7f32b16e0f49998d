using Microsoft.Data.Sqlite;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Server.Audit;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Backups;

/// <summary>
/// Copies a data folder, also of a running server, into a new folder that a server can be started on. The copy is verified like a log
/// before it gets its name. The master key stays out of it: whoever finds a backup can read nothing sealed.
/// </summary>
internal sealed class Backup(string data, string to, string? masterKey)
{
    private const UnixFileMode OwnerOnlyFolder =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>0 when a verified copy is there; 1 with the reason otherwise, and then nothing is left behind.</summary>
    public int Run()
    {
        if (Hindrance() is { } hindrance)
        {
            System.Console.Error.WriteLine(hindrance);
            return 1;
        }
        var making = to + ".making";
        Remove(making);
        Directory.CreateDirectory(making, OwnerOnlyFolder);
        try
        {
            // In this order: a checkpoint that is younger than the copied log would speak of events that it lacks.
            CopyIfThere(In(data, DataFolder.CheckpointFile), In(making, DataFolder.CheckpointFile));
            CopyDatabase(In(data, DataFolder.DatabaseFile), In(making, DataFolder.DatabaseFile));
            CopyArtifacts(making);
            var report = Verify(making);
            if (!report.Ok)
            {
                System.Console.Error.WriteLine(
                    $"Not kept, the copied log does not verify: shard {report.FirstBad!.Shard}, event {report.FirstBad.Seq}: {report.FirstBad.Problem}"
                );
                return 1;
            }
            Directory.Move(making, to);
            System.Console.WriteLine(
                $"{to}: {report.Shards.Sum(s => s.LastSeq)} events, the chain verifies. The master key is not in it."
            );
            return 0;
        }
        finally
        {
            Remove(making);
        }
    }

    private string? Hindrance()
    {
        if (!File.Exists(In(data, DataFolder.DatabaseFile)))
        {
            return $"{data} is no data folder of a server.";
        }
        if (Path.Exists(to))
        {
            return $"{to} is there already; give a new name.";
        }
        return File.Exists(KeyFile)
            ? null
            : $"The master key is not at {KeyFile}; say where with --master-key.";
    }

    private string KeyFile => masterKey ?? In(data, DataFolder.MasterKeyFile);

    /// <summary>One snapshot. Reading alone: a second connection that checkpoints could hurt the original.</summary>
    private static void CopyDatabase(string from, string copy)
    {
        using var source = Open(from, SqliteOpenMode.ReadOnly);
        using var target = Open(copy, SqliteOpenMode.ReadWriteCreate);
        source.BackupDatabase(target);
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        SqliteConnection connection = new(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = 30,
            }.ToString()
        );
        connection.Open();
        return connection;
    }

    /// <summary>Named by their content, never changed: those that the copied log names are there already.</summary>
    private void CopyArtifacts(string making)
    {
        var from = In(data, DataFolder.ArtifactFolder);
        if (!Directory.Exists(from))
        {
            return;
        }
        var copies = Directory.CreateDirectory(
            In(making, DataFolder.ArtifactFolder),
            OwnerOnlyFolder
        );
        foreach (var file in Directory.EnumerateFiles(from))
        {
            // What is only half there has no hash for a name.
            if (Artifact.IsSha256(Path.GetFileName(file)))
            {
                CopyIfThere(file, In(copies.FullName, Path.GetFileName(file)));
            }
        }
    }

    private static void CopyIfThere(string file, string copy)
    {
        if (File.Exists(file))
        {
            File.Copy(file, copy);
        }
    }

    private AuditReport Verify(string folder)
    {
        using var keys = FileMasterKey.LoadOrCreate(KeyFile, mayCreate: false);
        using Database copy = new(In(folder, DataFolder.DatabaseFile));
        CheckpointFile checkpoints = new(In(folder, DataFolder.CheckpointFile), keys);
        return new LogVerifier(copy, checkpoints).Verify();
    }

    private static string In(string folder, string file) => Path.Combine(folder, file);

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
