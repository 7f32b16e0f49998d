using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.WebAuthn;

namespace Tillkeeper.Server.People.Passkeys;

/// <summary>What a device is to sign, and the server's own memory of it, sealed.</summary>
internal sealed record PasskeyQuestion(JsonElement Options, string State);

/// <summary>What a browser brings back of it.</summary>
internal sealed record PasskeyAnswer(string? State, string? Credential)
{
    private const int LongestCredential = 16 * 1024;

    public static PasskeyAnswer Of(IFormCollection form) =>
        new(form["state"].ToString(), form["credential"].ToString());

    public string Text => Credential is { Length: <= LongestCredential } text ? text : "";

    /// <summary>Which passkey it says it is of; null when it is no answer at all.</summary>
    public byte[]? CredentialId
    {
        get
        {
            try
            {
                using var answer = JsonDocument.Parse(Text);
                return
                    answer.RootElement.ValueKind is JsonValueKind.Object
                    && answer.RootElement.TryGetProperty("id", out var id)
                    && id.ValueKind is JsonValueKind.String
                    && Base64Url.IsValid(id.GetString())
                    ? Base64Url.DecodeFromChars(id.GetString())
                    : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}

/// <summary>What a question is asked for; its answer is good for nothing else.</summary>
internal enum PasskeyPurpose
{
    Invitation,
    Enrolment,
    SignIn,
    Again,
}

/// <summary>
/// Asks a device to make or use a passkey, and verifies what it answers: by the browser that was asked, for what it was asked, within five
/// minutes, and once, whether it was right or wrong.
/// </summary>
internal sealed class PasskeyCeremonies(
    IPasskeyHandler<AccountHolder> handler,
    Appender appender,
    IKeys keys,
    TimeProvider time
)
{
    public async Task<PasskeyQuestion> AskToMake(
        HttpContext context,
        AccountHolder holder,
        PasskeyPurpose purpose
    )
    {
        var options = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity
            {
                Id = holder.Id,
                Name = holder.Name,
                DisplayName = holder.Name,
            },
            context
        );
        return Question(
            context,
            holder,
            purpose,
            options.CreationOptionsJson,
            options.AttestationState
        );
    }

    /// <param name="holder">Null when the device itself is to say who they are.</param>
    public async Task<PasskeyQuestion> AskToUse(
        HttpContext context,
        AccountHolder? holder,
        PasskeyPurpose purpose
    )
    {
        var options = await handler.MakeRequestOptionsAsync(holder, context);
        return Question(
            context,
            holder,
            purpose,
            options.RequestOptionsJson,
            options.AssertionState
        );
    }

    /// <summary>The passkey that was made; null when the answer is not quite that.</summary>
    public async Task<UserPasskeyInfo?> Made(
        HttpContext context,
        PasskeyAnswer answer,
        AccountHolder holder,
        PasskeyPurpose purpose
    )
    {
        if (await Recall(context, answer, holder, purpose) is not { } state)
        {
            return null;
        }
        var result = await handler.PerformAttestationAsync(
            new PasskeyAttestationContext
            {
                CredentialJson = answer.Text,
                AttestationState = state,
                HttpContext = context,
            }
        );
        return result.Succeeded ? result.Passkey : null;
    }

    /// <summary>Whose passkey answered, and what it said; null when the answer is not quite that. Its count is not compared yet.</summary>
    public async Task<(string Account, UserPasskeyInfo Passkey)?> Used(
        HttpContext context,
        PasskeyAnswer answer,
        AccountHolder? holder,
        PasskeyPurpose purpose
    )
    {
        if (await Recall(context, answer, holder, purpose) is not { } state)
        {
            return null;
        }
        var result = await handler.PerformAssertionAsync(
            new PasskeyAssertionContext
            {
                CredentialJson = answer.Text,
                AssertionState = state,
                HttpContext = context,
            }
        );
        return result.Succeeded && (holder is null || result.User.Account == holder.Account)
            ? (result.User.Account, result.Passkey)
            : null;
    }

    private PasskeyQuestion Question(
        HttpContext context,
        AccountHolder? holder,
        PasskeyPurpose purpose,
        string options,
        string? state
    ) =>
        new(
            JsonSerializer.Deserialize<JsonElement>(options),
            Ceremony.Begin(
                keys,
                holder?.Id ?? "",
                PurposeOf(purpose, BrowserMark.Give(context)),
                state,
                time.GetUtcNow()
            )
        );

    /// <summary>The framework's memory of the question; null when it is not this browser's, not for this, too old, or answered before.</summary>
    private async Task<string?> Recall(
        HttpContext context,
        PasskeyAnswer answer,
        AccountHolder? holder,
        PasskeyPurpose purpose
    ) =>
        BrowserMark.Of(context) is { } browser
        && Ceremony.End(
            keys,
            answer.State,
            holder?.Id ?? "",
            PurposeOf(purpose, browser),
            time.GetUtcNow()
        )
            is { } state
        && await IsFirst(state)
            ? state
            : null;

    /// <summary>Durable before it is looked at: an authenticator without a counter would sign nothing that tells a repeat.</summary>
    private Task<bool> IsFirst(string state)
    {
        var challenge = SHA256.HashData(Encoding.UTF8.GetBytes(state));
        return appender.Run(
            Act.Server,
            work =>
            {
                if (
                    work.Views.Scalar("SELECT 1 FROM answered_challenges WHERE id = $1", challenge)
                    is not null
                )
                {
                    return false;
                }
                work.Beside(v =>
                {
                    v.Write(
                        "DELETE FROM answered_challenges WHERE until < $1",
                        work.Now.ToUnixTimeMilliseconds()
                    );
                    v.Write(
                        "INSERT INTO answered_challenges VALUES ($1, $2)",
                        challenge,
                        (work.Now + Ceremony.Validity).ToUnixTimeMilliseconds()
                    );
                });
                return true;
            }
        );
    }

    private static string PurposeOf(PasskeyPurpose purpose, string browser) =>
        $"account/{purpose}/{browser}";
}
