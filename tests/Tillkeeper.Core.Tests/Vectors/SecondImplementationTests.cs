using System.Diagnostics;
using System.Globalization;

namespace Tillkeeper.Core.Tests.Vectors;

/// <summary>The vectors in another language: a JDK program without dependencies agrees with every one of them.</summary>
public sealed class SecondImplementationTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tillkeeper-vectors-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_program_in_Java_agrees_with_every_vector()
    {
        var (exit, output) = Verify(VectorFile.Folder);
        Assert.Equal(
            (0, $"{VectorTests.Count.ToString(CultureInfo.InvariantCulture)} vectors verified"),
            (exit, output.Trim())
        );
    }

    [Fact]
    public void It_would_not_agree_with_a_wrong_one()
    {
        foreach (var file in Directory.EnumerateFiles(VectorFile.Folder))
        {
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        }
        var orders = Path.Combine(folder.FullName, "orders.json");
        File.WriteAllText(
            orders,
            File.ReadAllText(orders)
                .Replace("\"bad_signature\"", "\"applied\"", StringComparison.Ordinal)
        );
        var (exit, output) = Verify(folder.FullName);
        Assert.Equal(1, exit);
        Assert.Contains("expected applied, found bad_signature", output, StringComparison.Ordinal);
    }

    private static (int Exit, string Output) Verify(string vectors)
    {
        var program = Path.Combine(VectorFile.Root, "contracts", "verify", "VerifyVectors.java");
        using var java =
            Process.Start(
                new ProcessStartInfo("java", ["-XX:TieredStopAtLevel=1", program, vectors])
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            ) ?? throw new InvalidOperationException("java did not start.");
        var output = java.StandardOutput.ReadToEndAsync();
        var errors = java.StandardError.ReadToEndAsync();
        if (!java.WaitForExit(Limit))
        {
            java.Kill(entireProcessTree: true);
            Assert.Fail($"java did not end within {Limit}.");
        }
        return (java.ExitCode, output.Result + errors.Result);
    }
}
