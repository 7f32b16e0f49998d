using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Microsoft.Data.Sqlite;
using Tillkeeper.Core;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Cases;

/// <summary>Who asks for a way out. Personal data: kept encrypted beside the log until its retention ends.</summary>
/// <param name="Phone">As it was given, digits in ASCII.</param>
/// <param name="IdNumber">Of the resident ID card, 18 characters (GB 11643).</param>
internal sealed record Applicant(string? Name, string? Phone, string? IdNumber = null)
{
    /// <summary>How long what is known of the applicant, and the documents, are kept after the case was opened.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    /// <summary>Checks what was typed; the refusal names the field.</summary>
    public static Refusal? Check(Applicant? typed, DateOnly today, out Applicant applicant)
    {
        applicant = typed ?? new Applicant(null, null);
        if (typed is null)
        {
            return Refusal.Invalid("applicant", "Say who asks: name and phone.");
        }
        if (Http.Check.Name(typed.Name, "applicant.name") is { } badName)
        {
            return badName;
        }
        if (PhoneNumber.Normalise(typed.Phone) is not { } phone)
        {
            return Refusal.Invalid("applicant.phone", PhoneNumber.Expected);
        }
        string? idNumber = null;
        if (!string.IsNullOrWhiteSpace(typed.IdNumber))
        {
            if (!ResidentId.TryParse(typed.IdNumber, today, out var id, out var problem))
            {
                return Refusal.Invalid("applicant.idNumber", problem);
            }
            idNumber = id.Reveal();
        }
        applicant = new Applicant(typed.Name!.Trim(), phone, idNumber);
        return null;
    }

    /// <summary>Stores the applicant beside the log; returns what the log may know.</summary>
    public ApplicantRef Keep(Work work, PersonalData personal)
    {
        var id = Ids.New();
        var kept = personal.Seal(
            id,
            JsonSerializer.SerializeToUtf8Bytes(this, ApplicantJson.Default.Applicant)
        );
        var until = (work.Now + Kept).ToUnixTimeMilliseconds();
        work.Beside(views =>
            views.Write("INSERT INTO personal_data VALUES ($1, $2, $3)", id, kept.Row, until)
        );
        return new ApplicantRef(id, kept.Commitment);
    }

    /// <summary>The applicant again; null once erased.</summary>
    public static Applicant? Find(SqliteConnection reader, PersonalData personal, string id) =>
        reader.ExecuteScalar<byte[]>("SELECT sealed FROM personal_data WHERE id = @id", new { id })
            is { } row
            ? JsonSerializer.Deserialize(personal.Open(id, row), ApplicantJson.Default.Applicant)
            : null;

    /// <summary>Says nothing, so that no log line can say too much.</summary>
    public override string ToString() => nameof(Applicant);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Applicant))]
internal sealed partial class ApplicantJson : JsonSerializerContext;
