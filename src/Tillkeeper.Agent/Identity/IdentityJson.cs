using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Identity;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcTimeJson), typeof(IsoDurationJson)]
)]
[JsonSerializable(typeof(TerminalIdentity))]
[JsonSerializable(typeof(PendingEnrolment))]
[JsonSerializable(typeof(EnrolmentRequest))]
[JsonSerializable(typeof(EnrolmentAnswer))]
[JsonSerializable(typeof(RenewalRequest))]
[JsonSerializable(typeof(RenewalAnswer))]
internal sealed partial class IdentityJson : JsonSerializerContext;
