namespace Tillkeeper.Server.Secrets;

/// <summary>The server cannot start with these secrets. The message says why and what to do, and no secret.</summary>
public sealed class SecretsUnusableException(string message, Exception? inner = null)
    : Exception(message, inner);
