using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Tillkeeper.Core.Cases;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Complaints;

/// <summary>What somebody wrote in a complaint: it may name people, so it is kept beside the log, encrypted, until its time is over.</summary>
internal static class ComplaintText
{
    /// <summary>Three years: within them a claim can be brought (Civil Code, art. 188).</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(3 * 365);

    public static ApplicantRef Keep(Work work, PersonalData personal, string text)
    {
        var id = Ids.New();
        var kept = personal.Seal(id, Encoding.UTF8.GetBytes(text));
        var until = (work.Now + Kept).ToUnixTimeMilliseconds();
        work.Beside(views =>
            views.Write("INSERT INTO personal_data VALUES ($1, $2, $3)", id, kept.Row, until)
        );
        return new ApplicantRef(id, kept.Commitment);
    }

    /// <summary>The text again; null once erased.</summary>
    public static string? Find(SqliteConnection reader, PersonalData personal, string id) =>
        reader.ExecuteScalar<byte[]>("SELECT sealed FROM personal_data WHERE id = @id", new { id })
            is { } row
            ? Encoding.UTF8.GetString(personal.Open(id, row))
            : null;
}
