using Tillkeeper.Core.Policies;

namespace Tillkeeper.Agent.Identity;

/// <summary>The key of an enrolment under way, stored before the request is sent so that a lost answer can be asked for again.</summary>
internal sealed record PendingEnrolment(byte[] PrivateKey, byte[] TerminalSecret)
{
    public override string ToString() => "pending enrolment";
}

/// <summary><c>POST /terminal/v1/enrol</c>.</summary>
/// <param name="Csr">PKCS#10, PEM.</param>
internal sealed record EnrolmentRequest(string Code, string Csr);

/// <param name="OrderKeys">Key set, JWS signed by the CA.</param>
/// <param name="CodeKey">32 bytes, base64url.</param>
internal sealed record EnrolmentAnswer(
    string TerminalId,
    int Epoch,
    string Certificate,
    string Ca,
    string OrderKeys,
    string CodeKey,
    Policy Policy
)
{
    public override string ToString() => $"enrolment of {TerminalId}";
}

/// <summary><c>POST /terminal/v1/renew</c>.</summary>
internal sealed record RenewalRequest(string Csr);

internal sealed record RenewalAnswer(string Certificate);
