namespace Tillkeeper.Server.Pki;

/// <summary>A terminal's certificate as just issued.</summary>
/// <param name="Pem">The certificate alone, PEM.</param>
/// <param name="Serial">32 hexadecimal digits, lower case.</param>
/// <param name="KeyHash">SHA-256 of the SubjectPublicKeyInfo, 64 hexadecimal digits, lower case.</param>
internal sealed record IssuedCertificate(
    string Pem,
    string Serial,
    string KeyHash,
    DateTimeOffset NotAfter
);
