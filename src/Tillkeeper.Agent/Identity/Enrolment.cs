using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Journal;
using Tillkeeper.Agent.Link;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Agent.Identity;

/// <summary>
/// Gets the terminal its identity. The key is on the disk before it is sent anywhere, so that a lost answer is asked for again with
/// the same key; the journal is on the disk before the identity, so that a missing journal is always a loss.
/// </summary>
internal sealed partial class Enrolment(
    AgentOptions options,
    IDisk disk,
    DataFolder folder,
    IdentityStore identities,
    ServerClient server,
    ILogger<Enrolment> logger
)
{
    private const int SecretBytes = 32;

    /// <summary>Asks until there is an answer. False when the answer is a refusal that asking again cannot change.</summary>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        if (options.EnrolmentCode is not { Length: > 0 } code)
        {
            LogNoCode();
            return false;
        }
        var pending = Pending();
        var backoff = new Backoff();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await AskAsync(code, pending, stop) is { } settled)
                {
                    return settled;
                }
            }
            catch (Exception e) when (ServerFailure.IsOne(e, stop))
            {
                LogUnreachable(options.Server, ServerFailure.Describe(e));
            }
            await backoff.PauseAsync(stop);
        }
        return false;
    }

    /// <summary>True when enrolled, false when refused for good, null when it is worth asking again.</summary>
    private async Task<bool?> AskAsync(
        string code,
        PendingEnrolment pending,
        CancellationToken stop
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(ServerClient.RequestTimeout);
        var request = new EnrolmentRequest(code, SigningRequest.For(pending.PrivateKey));
        using var content = JsonContent.Create(request, IdentityJson.Default.EnrolmentRequest);
        using var response = await server.Http.PostAsync(
            "/terminal/v1/enrol",
            content,
            limit.Token
        );
        if (response.StatusCode is HttpStatusCode.Gone or HttpStatusCode.UnprocessableEntity)
        {
            LogRefused((int)response.StatusCode);
            return false;
        }
        response.EnsureSuccessStatusCode();
        var answer =
            await response.Content.ReadFromJsonAsync(
                IdentityJson.Default.EnrolmentAnswer,
                limit.Token
            ) ?? throw new JsonException("An empty answer.");
        if (Check(answer, pending) is { } problem)
        {
            LogBadAnswer(problem);
            return null;
        }
        Keep(answer, pending);
        LogEnrolled(answer.TerminalId, answer.Epoch);
        return true;
    }

    private PendingEnrolment Pending()
    {
        if (disk.Exists(folder.Enrolment))
        {
            try
            {
                var known = JsonSerializer.Deserialize(
                    disk.ReadAllBytes(folder.Enrolment),
                    IdentityJson.Default.PendingEnrolment
                );
                if (known is not null)
                {
                    return known;
                }
            }
            catch (JsonException)
            {
                LogPendingUnreadable(Aside.Put(disk, folder.Enrolment));
            }
        }
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var made = new PendingEnrolment(
            key.ExportPkcs8PrivateKey(),
            RandomNumberGenerator.GetBytes(SecretBytes)
        );
        disk.WriteDurably(
            folder.Enrolment,
            JsonSerializer.SerializeToUtf8Bytes(made, IdentityJson.Default.PendingEnrolment)
        );
        return made;
    }

    /// <summary>What is wrong with an answer, or null. The server is authenticated, but a half-configured one must not brick a terminal.</summary>
    private string? Check(EnrolmentAnswer answer, PendingEnrolment pending)
    {
        if (!Crockford.IsId(answer.TerminalId) || answer.Epoch < 1)
        {
            return "terminal id or epoch is not one";
        }
        if (
            !Base64Url.IsValid(answer.CodeKey)
            || Base64Url.DecodeFromChars(answer.CodeKey).Length != SecretBytes
        )
        {
            return "the code key is not 32 bytes";
        }
        if (PolicyLimits.Check(answer.Policy) is { } wrong)
        {
            return wrong.Detail;
        }
        try
        {
            using var ca = X509Certificate2.CreateFromPem(answer.Ca);
            if (!server.IsGivenCa(ca))
            {
                return "its CA is not the one given with --ca";
            }
            using var caKey = ca.GetECDsaPublicKey();
            if (caKey is null || KeySet.Open(answer.OrderKeys, caKey) is null)
            {
                return "its order keys are not signed by the CA";
            }
            return IsForKey(answer.Certificate, pending.PrivateKey)
                ? null
                : "its certificate is not for our key";
        }
        catch (CryptographicException)
        {
            return "a certificate in it cannot be read";
        }
    }

    private static bool IsForKey(string certificate, byte[] privateKey)
    {
        using var certified = X509Certificate2.CreateFromPem(certificate);
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(privateKey, out _);
        return certified
            .PublicKey.ExportSubjectPublicKeyInfo()
            .AsSpan()
            .SequenceEqual(key.ExportSubjectPublicKeyInfo());
    }

    private void Keep(EnrolmentAnswer answer, PendingEnrolment pending)
    {
        if (disk.Exists(folder.Journal))
        {
            // Of an earlier identity, or of a start that died right here.
            LogJournalAside(Aside.Put(disk, folder.Journal));
        }
        disk.Delete(folder.Lost);
        EventJournal
            .Create(
                disk,
                folder.Journal,
                new JournalHeader(answer.TerminalId, answer.Epoch, 0, JournalChain.Genesis)
            )
            .Dispose();
        identities.Keep(
            new TerminalIdentity
            {
                TerminalId = answer.TerminalId,
                Epoch = answer.Epoch,
                PrivateKey = pending.PrivateKey,
                Certificate = answer.Certificate,
                Ca = answer.Ca,
                OrderKeys = answer.OrderKeys,
                CodeKey = Base64Url.DecodeFromChars(answer.CodeKey),
                TerminalSecret = pending.TerminalSecret,
                Policy = answer.Policy,
                Server = options.Server.ToString(),
            }
        );
        disk.Delete(folder.Enrolment);
    }
}
