using System.Globalization;

namespace Tillkeeper.Core.Campaigns;

/// <summary>
/// Names of slots, the folders that hold one installed version each: <c>VERSION-CONTENT.TRY</c>, so that the name alone tells what runs
/// and no try ever meets what an interrupted one has left behind.
/// </summary>
public static class SlotName
{
    private const int ContentDigits = 12;

    public static string Of(Artifact artifact, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{Stem(artifact)}.{attempt}");

    /// <summary>Does the slot hold exactly this artifact?</summary>
    public static bool IsOf(string slot, Artifact artifact) =>
        slot.StartsWith(Stem(artifact) + ".", StringComparison.Ordinal);

    /// <summary>The version that the slot holds, as far as its name tells; <c>0</c> when it does not.</summary>
    public static string VersionOf(string slot) =>
        slot.Split('-') is [var version, ..] && DottedVersion.IsOne(version) ? version : "0";

    private static string Stem(Artifact artifact) =>
        $"{artifact.Version}-{artifact.Sha256[..ContentDigits]}";
}
