using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Repairs.Diagnosis;

/// <summary>A text for people, in both languages.</summary>
public sealed record Told(string En, string Zh);

/// <summary>Where a diagnosis ends.</summary>
[JsonConverter(typeof(SnakeCaseEnum<DiagnosisOutcome>))]
public enum DiagnosisOutcome
{
    /// <summary>The fault is gone.</summary>
    Solved,
    Repair,
    Replacement,

    /// <summary>Call the provider.</summary>
    Support,
}

/// <param name="Answer">A word that stands in requests and in the log, e.g. <c>yes</c>.</param>
/// <param name="Next">The name of the node that follows.</param>
public sealed record DiagnosisAnswer(string Answer, Told Text, string Next);

/// <summary>One step: a question with its answers, or an end with its outcome.</summary>
/// <param name="TouchesCase">True when somebody has to open or take off anything: the warning comes first.</param>
public sealed record DiagnosisNode(
    Told Text,
    IReadOnlyList<DiagnosisAnswer>? Answers = null,
    DiagnosisOutcome? Outcome = null,
    bool TouchesCase = false
);

/// <summary>A guided diagnosis of one part, as a file holds it (W5).</summary>
/// <param name="Name">Stands in requests and in the log; the name of its file.</param>
/// <param name="Models">The models it is for; null for every one that has no tree of its own.</param>
/// <param name="Nodes">By name; <paramref name="Start"/> is the first.</param>
public sealed record DiagnosisTree(
    string Name,
    string Part,
    Told Title,
    string Start,
    IReadOnlyDictionary<string, DiagnosisNode> Nodes,
    IReadOnlyList<string>? Models = null
);

/// <summary>JSON of the trees: camelCase, snake_case words; an unknown member is a mistake of whoever wrote the file.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(DiagnosisTree))]
public sealed partial class DiagnosisJson : JsonSerializerContext;
