namespace Tillkeeper.Server.Pki;

internal enum CertificateStatus
{
    Valid,

    /// <summary>Genuine, but its time is over: good for asking a new one, and nothing else.</summary>
    Expired,
}

/// <summary>Who a terminal has proved to be in its TLS handshake. Whether it is revoked or replaced is not in the certificate.</summary>
/// <param name="Serial">32 hexadecimal digits, lower case.</param>
/// <param name="KeyHash">SHA-256 of the SubjectPublicKeyInfo, 64 hexadecimal digits, lower case.</param>
internal sealed record TerminalCertificate(
    string TerminalId,
    int Epoch,
    string Serial,
    string KeyHash,
    DateTimeOffset NotAfter,
    CertificateStatus Status
);
