using Tillkeeper.Cli.Api;
using Tillkeeper.PolicyFiles;

namespace Tillkeeper.Cli.Commands.Policy;

/// <summary>A policy file on this machine, looked at before anything is sent.</summary>
internal static class LocalFile
{
    public static PolicyFile Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            // One byte more than a policy may have tells that it has too many.
            using var reader = new BinaryReader(stream);
            return PolicyFile.Read(reader.ReadBytes(PolicyFile.MostBytes + 1));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The policy file cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a file that must be without mistakes; all of them are told otherwise.</summary>
    public static PolicyFile ReadValid(string path)
    {
        var file = Read(path);
        return file.IsValid
            ? file
            : throw new UsageException(
                string.Join(Environment.NewLine, file.Errors.Select(e => e.In(path)))
            );
    }
}
