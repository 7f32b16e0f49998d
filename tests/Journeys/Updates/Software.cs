using System.Diagnostics;
using System.Formats.Tar;
using System.Security.Cryptography;

namespace Tillkeeper.Journeys.Updates;

/// <summary>
/// The software folder of a till with a real installer and health check, which stop where they are told to: a file says where, another
/// tells that they are there.
/// </summary>
internal sealed class Software : IDisposable
{
    private const string Installer = """
        #!/bin/sh
        set -e
        CTL='@'
        at() { echo "$1" >> "$CTL/log"; while [ -e "$CTL/hold-$1" ]; do sleep 0.02; done; }
        at install-start
        echo 20 > "$TILLKEEPER_PROGRESS"
        tar -xf "$1" -C "$2"
        at install-unpacked
        [ ! -e "$CTL/fail-install" ]
        echo 90 > "$TILLKEEPER_PROGRESS"
        at install-end
        """;

    private const string HealthCheck = """
        #!/bin/sh
        set -e
        CTL='@'
        at() { echo "$1" >> "$CTL/log"; while [ -e "$CTL/hold-$1" ]; do sleep 0.02; done; }
        at check-start
        [ "$(cat "$1/VERSION")" = "$TILLKEEPER_VERSION" ]
        (cd "$1" && sha256sum --quiet -c SUMS)
        [ ! -e "$1/BROKEN" ]
        at check-end
        """;

    private readonly string root = Directory
        .CreateTempSubdirectory("tillkeeper-software-")
        .FullName;

    public Software()
    {
        Directory.CreateDirectory(Folder);
        Write("installer", Installer);
        Write("health-check", HealthCheck);
    }

    public string[] Options =>
        [
            "--software",
            Folder,
            "--installer",
            Path.Combine(root, "installer"),
            "--health-check",
            Path.Combine(root, "health-check"),
        ];

    /// <summary>The version that runs, whole, or null when nothing does.</summary>
    public string? Runs()
    {
        var current = Path.Combine(Folder, "current");
        if (!Directory.Exists(current))
        {
            return null;
        }
        using var check = Process.Start(
            new ProcessStartInfo("sha256sum", ["--quiet", "-c", "SUMS"])
            {
                WorkingDirectory = current,
            }
        )!;
        check.WaitForExit();
        Assert.Equal(0, check.ExitCode);
        return File.ReadAllText(Path.Combine(current, "VERSION"));
    }

    public int Slots => Directory.GetDirectories(Path.Combine(Folder, "slots")).Length;

    /// <summary>How often the scripts came by a point.</summary>
    public int Times(string point) =>
        File.Exists(Control("log")) ? File.ReadLines(Control("log")).Count(l => l == point) : 0;

    public void Hold(string point) => File.WriteAllText(Control($"hold-{point}"), "");

    public void Go(string point) => File.Delete(Control($"hold-{point}"));

    public void FailInstall(bool yes)
    {
        File.Delete(Control("fail-install"));
        if (yes)
        {
            File.WriteAllText(Control("fail-install"), "");
        }
    }

    /// <summary>A version as a tar file, with so many random bytes and the sums of all it holds.</summary>
    public static byte[] Tar(string version, bool broken = false, int bytes = 200_000)
    {
        var payload = RandomNumberGenerator.GetBytes(bytes);
        using MemoryStream tar = new();
        using (TarWriter writer = new(tar, leaveOpen: true))
        {
            Add(writer, "VERSION", System.Text.Encoding.UTF8.GetBytes(version));
            Add(writer, "payload", payload);
            Add(
                writer,
                "SUMS",
                System.Text.Encoding.UTF8.GetBytes(
                    $"{Convert.ToHexStringLower(SHA256.HashData(payload))}  payload\n"
                )
            );
            if (broken)
            {
                Add(writer, "BROKEN", [1]);
            }
        }
        return tar.ToArray();
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string Folder => Path.Combine(root, "software");

    private string Control(string name) => Path.Combine(root, name);

    private void Write(string name, string script)
    {
        var path = Path.Combine(root, name);
        File.WriteAllText(path, script.Replace("@", root, StringComparison.Ordinal));
        File.SetUnixFileMode(
            path,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
    }

    private static void Add(TarWriter writer, string name, byte[] content) =>
        writer.WriteEntry(
            new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(content),
            }
        );
}
