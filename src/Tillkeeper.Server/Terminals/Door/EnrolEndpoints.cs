using System.Buffers.Text;
using Tillkeeper.Core;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Terminals.Door;

/// <summary>Enrolment (a code and a key become an identity) and renewal of the certificate.</summary>
internal static class EnrolEndpoints
{
    private static readonly TimeSpan RenewalGrace = TimeSpan.FromDays(90);

    internal sealed record EnrolBody(string? Code, string? Csr);

    internal sealed record RenewBody(string? Csr);

    internal sealed record Enrolled(
        string TerminalId,
        int Epoch,
        string Certificate,
        string Ca,
        string OrderKeys,
        string CodeKey,
        Policy Policy
    );

    public static void MapEnrolment(this IEndpointRouteBuilder app)
    {
        app.MapPost("/terminal/v1/enrol", Enrol).At(Http.Door.Terminals).AllowAnonymous();
        app.MapPost("/terminal/v1/renew", Renew)
            .NeedsTerminal()
            .WithMetadata(new RenewalMetadata(RenewalGrace));
    }

    private static async Task<IResult> Enrol(
        EnrolBody body,
        HttpContext context,
        Appender appender,
        CertificateAuthority ca,
        CodeKeys codeKeys,
        OrderSigner signer,
        PolicyOrders policies
    )
    {
        var hash = Registration.HashOf(body.Code);
        var (key, badCsr) = TerminalKey.Read(body.Csr);
        var act = new Act(
            "terminal/enrolling",
            context.Connection.RemoteIpAddress?.ToString() ?? ""
        );
        Enrolled? answer = null;
        var refusal = await appender.Run(
            act,
            work =>
            {
                var id = (string?)
                    work.Views.Scalar(
                        "SELECT terminal FROM enrolment_codes WHERE code_hash = $1",
                        hash
                    );
                var state = id is null ? TerminalState.Empty : work.Load(TerminalStreams.Kind, id);
                if (id is null)
                {
                    return new Refusal(
                        RefusalKind.Gone,
                        "enrolment_code_gone",
                        "The enrolment code is used, expired or replaced; ask the provider for a new one."
                    );
                }
                if (badCsr is not null)
                {
                    return badCsr;
                }
                string pem;
                Policy policy;
                var epoch = state.Epoch;
                if (Enrolment.IsRepeat(state, hash, key!.KeyHash))
                {
                    pem = (string)
                        work.Views.Scalar(
                            "SELECT pem FROM certificates WHERE serial = $1",
                            state.CertificateSerial
                        )!;
                    policy = policies.Again(work.Views, state);
                }
                else
                {
                    epoch++;
                    var issued = ca.IssueTerminal(id, epoch, key);
                    var decision = work.Decide(
                        TerminalStreams.Kind,
                        id,
                        id,
                        s =>
                            TerminalDecisions.Decide(
                                s,
                                new EnrolTerminal(hash, issued.KeyHash, issued.Serial),
                                work.Now
                            )
                    );
                    if (decision.Refusal is { } refused)
                    {
                        return refused;
                    }
                    Keep(work, id, epoch, issued);
                    Campaigns.Rollouts.Observe(work, id, state.Update, after: null);
                    pem = issued.Pem;
                    policy = policies.Welcome(work, id);
                }
                answer = new Enrolled(
                    id,
                    epoch,
                    pem,
                    ca.CaPem,
                    signer.KeySetJws,
                    Base64Url.EncodeToString(codeKeys.For(id, epoch)),
                    policy
                );
                return null;
            }
        );
        return refusal.Or(() => Results.Json(answer, statusCode: 201));
    }

    private static async Task<IResult> Renew(
        RenewBody body,
        TerminalIdentity terminal,
        Appender appender,
        CertificateAuthority ca
    )
    {
        var (key, badCsr) = TerminalKey.Read(body.Csr);
        if (badCsr is not null)
        {
            return Problems.Of(badCsr);
        }
        var issued = ca.IssueTerminal(terminal.Id, terminal.Epoch, key!);
        var refusal = await appender.Run(
            terminal.Act,
            work =>
            {
                var decision = work.Decide(
                    TerminalStreams.Kind,
                    terminal.Id,
                    terminal.Id,
                    s =>
                        TerminalDecisions.Decide(
                            s,
                            new RenewCertificate(issued.KeyHash, issued.Serial),
                            work.Now
                        )
                );
                Keep(work, terminal.Id, terminal.Epoch, issued);
                return decision.Refusal;
            }
        );
        return refusal.Or(() => Results.Json(new { certificate = issued.Pem }, statusCode: 201));
    }

    private static void Keep(Work work, string terminal, int epoch, IssuedCertificate issued) =>
        work.Beside(v =>
            v.Write(
                "INSERT INTO certificates VALUES ($1, $2, $3, $4, $5)",
                issued.Serial,
                terminal,
                epoch,
                issued.KeyHash,
                issued.Pem
            )
        );
}
