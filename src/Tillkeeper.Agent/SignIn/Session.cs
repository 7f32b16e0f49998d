using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.SignIn;

/// <summary>An operator who is signed in. Lives in memory: a restart signs everybody out.</summary>
internal sealed record Session(string Operator, OperatorRole Role);
