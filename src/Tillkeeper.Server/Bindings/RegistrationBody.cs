using System.Text;
using Tillkeeper.Core;
using Tillkeeper.Core.Bindings;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Bindings;

/// <summary>The five fields of Yinfa [2021] No. 259 for one acquirer, as they come in.</summary>
internal sealed record RegistrationBody(
    string? AcquirerCode,
    string? MerchantCode,
    string? CreditCode,
    string? SettlementAccount,
    string? AddressOfUse
)
{
    private const int LongestCode = 64;
    private const int MostAccountDigits = 8;
    private const int Most = 32;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(5 * 365);

    /// <summary>Is everything there that the acquirers of these bindings need, and is it about this merchant?</summary>
    public static Refusal? Check(
        Views views,
        TerminalProfile profile,
        IReadOnlyList<RegistrationBody>? given
    )
    {
        if (given is not { Count: > 0 and <= Most } || given.Any(r => r is null))
        {
            return Refusal.Invalid(
                "registrations",
                $"Give 1 to {Most}, one for each acquirer: acquirerCode, merchantCode, creditCode, settlementAccount, addressOfUse."
            );
        }
        var onFile = (string?)
            views.Scalar("SELECT identity_number FROM merchants WHERE id = $1", profile.MerchantId);
        if (given.Select(r => r.Check(onFile)).FirstOrDefault(w => w is not null) is { } wrong)
        {
            return wrong;
        }
        var missing = profile
            .Bindings.Select(b => b.Acquirer)
            .FirstOrDefault(a => given.All(r => r.AcquirerCode!.Trim() != a));
        return missing is null
            ? null
            : Refusal.Invalid(
                "registrations",
                $"The terminal is bound at {missing} too; its registration is missing."
            );
    }

    /// <summary>Keeps the addresses beside the log; returns what the log may know.</summary>
    public static IReadOnlyList<Reregistration> Keep(
        Work work,
        PersonalData personal,
        IReadOnlyList<RegistrationBody> given
    ) => [.. given.Select(r => r.Keep(work, personal))];

    private Reregistration Keep(Work work, PersonalData personal)
    {
        var dataId = Ids.New();
        var address = personal.Seal(dataId, Encoding.UTF8.GetBytes(AddressOfUse!.Trim()));
        var until = (work.Now + Kept).ToUnixTimeMilliseconds();
        work.Beside(v =>
            v.Write("INSERT INTO personal_data VALUES ($1, $2, $3)", dataId, address.Row, until)
        );
        return new Reregistration(
            AcquirerCode!.Trim(),
            MerchantCode!.Trim(),
            IdentifierOf(CreditCode!),
            SettlementAccount!.Trim(),
            dataId,
            address.Commitment
        );
    }

    private Refusal? Check(string? onFile) =>
        Code(AcquirerCode, "acquirerCode")
        ?? Code(MerchantCode, "merchantCode")
        ?? Code(CreditCode, "creditCode")
        ?? Code(SettlementAccount, "settlementAccount")
        ?? Http.Check.Text(AddressOfUse, "registrations.addressOfUse")
        ?? (
            SettlementAccount!.Count(char.IsDigit) > MostAccountDigits
                ? Refusal.Invalid(
                    "registrations.settlementAccount",
                    $"Give its last digits only, at most {MostAccountDigits}."
                )
                : null
        )
        ?? (
            IdentifierOf(CreditCode!) == onFile
                ? null
                : Refusal.Invalid(
                    "registrations.creditCode",
                    "This is not the number on file of the merchant; give it as the merchant's page shows it."
                )
        );

    private static string IdentifierOf(string typed) =>
        UnifiedCreditCode.TryParse(typed, out var code, out _) ? code.Value : typed.Trim();

    private static Refusal? Code(string? value, string field) =>
        value?.Length > LongestCode
            ? Refusal.Invalid($"registrations.{field}", $"Use at most {LongestCode} characters.")
            : Http.Check.Name(value, $"registrations.{field}");
}
