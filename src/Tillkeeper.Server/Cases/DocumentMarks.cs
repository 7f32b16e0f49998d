using Tillkeeper.Core.Cases;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Cases;

/// <summary>
/// Recognises a document that is already in another case: one licence that opens many shops. The mark is keyed with the master key and
/// tells nothing about the document to whoever has only the database.
/// </summary>
internal sealed class DocumentMarks(IKeys keys)
{
    private const string Purpose = "document-mark";

    public byte[] Of(ReadOnlySpan<byte> content) => keys.Commit(content, Purpose);

    /// <summary>The oldest document with the same content in another case, or null.</summary>
    public static DocumentSeenBefore? Find(
        Work work,
        string caseId,
        DocumentAttached document,
        byte[] mark
    ) =>
        work.Views.Query(
            "SELECT case_id, document FROM document_marks WHERE mark = $1 AND case_id <> $2 ORDER BY erase_after, document LIMIT 1",
            r => new DocumentSeenBefore(
                document.DocumentId,
                document.Kind,
                r.GetString(0),
                r.GetString(1)
            ),
            mark,
            caseId
        )
            is [var seen]
            ? seen
            : null;

    public static void Keep(Work work, string caseId, string document, byte[] mark, long until) =>
        work.Beside(views =>
            views.Write(
                "INSERT INTO document_marks VALUES ($1, $2, $3, $4)",
                document,
                caseId,
                mark,
                until
            )
        );
}
