using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Merchants;
using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Terminals.Door;

namespace Tillkeeper.Bench.Load;

/// <summary>Terminals enrolled straight at the command handler, all of one merchant, numbered from <c>first</c>.</summary>
internal static class EnrolledTerminals
{
    public static async Task<TerminalIdentity[]> Make(Appender appender, int count, int first = 0)
    {
        var merchant = Ids.New();
        await appender.Run(
            Act.Server,
            work =>
            {
                work.Append(
                    MerchantStreams.Kind,
                    merchant,
                    merchant,
                    [
                        new MerchantCreated(
                            merchant,
                            $"/{merchant}/",
                            first == 0 ? "Corner Shop" : $"Corner Shop {first}",
                            IdentityKind.CreditCode,
                            "9144030071526726XG",
                            Ids.New(),
                            new string('0', 64)
                        ),
                    ]
                );
                return true;
            }
        );
        return await Task.WhenAll(
            Enumerable.Range(first, count).Select(n => Enrol(appender, merchant, n))
        );
    }

    private static Task<TerminalIdentity> Enrol(Appender appender, string merchant, int n)
    {
        var id = Ids.New();
        var serial = $"{n:D32}";
        var keyHash = $"{n:D64}";
        var profile = new TerminalProfile
        {
            MerchantId = merchant,
            Model = "P-100",
            ExternalId = $"shop-{n:D5}",
            Bindings = [new Binding("unionpay", "898440300001234", $"{n:D8}")],
        };
        ITerminalCommand[] steps =
        [
            new RegisterTerminal(id, $"SN-{n:D8}", profile),
            new IssueEnrolmentCode(keyHash, DateTimeOffset.MaxValue),
            new EnrolTerminal(keyHash, keyHash, serial),
        ];
        return appender.Run(
            new Act("person/BENCH00001", "127.0.0.1"),
            work =>
            {
                foreach (var step in steps)
                {
                    var decision = work.Decide(
                        TerminalStreams.Kind,
                        id,
                        id,
                        s => TerminalDecisions.Decide(s, step, work.Now)
                    );
                    if (decision.Refusal is { } refusal)
                    {
                        throw new InvalidOperationException(refusal.Detail);
                    }
                }
                var certificate = new TerminalCertificate(
                    id,
                    1,
                    serial,
                    keyHash,
                    DateTimeOffset.MaxValue,
                    CertificateStatus.Valid
                );
                return new TerminalIdentity(id, 1, certificate, "127.0.0.1");
            }
        );
    }
}
