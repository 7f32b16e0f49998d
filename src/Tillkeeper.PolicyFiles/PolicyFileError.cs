using System.Globalization;

namespace Tillkeeper.PolicyFiles;

/// <summary>One thing that is wrong with a policy file.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Problem">What is wrong, and after a semicolon what would be right.</param>
/// <param name="Key">E.g. <c>wrongPassword.attempts</c>, where it is about one.</param>
public sealed record PolicyFileError(int Line, string Problem, string? Key = null)
{
    /// <summary><c>FILE:LINE: what is wrong, what would be right</c>, as editors and scripts read it.</summary>
    public string In(string file) =>
        string.Create(CultureInfo.InvariantCulture, $"{file}:{Line}: {Problem}");
}
