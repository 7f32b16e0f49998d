using Dapper;
using Microsoft.AspNetCore.Mvc;
using Tillkeeper.Core;
using Tillkeeper.Core.Cases;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Cases;

/// <summary>
/// <c>/api/v1/cases/{id}/documents</c>: proofs of identity. Each is encrypted under a key of its own and kept beside the log, which
/// holds a commitment. Attaching a kind again keeps both; the newest is the one shown.
/// </summary>
internal static class Documents
{
    public static void MapDocuments(this IEndpointRouteBuilder app)
    {
        app.MapPut("/api/v1/cases/{id}/documents/{kind}", Attach)
            .Needs(Right.AttachDocuments)
            .WithMetadata(new RequestSizeLimitAttribute(Upload.KestrelBytes));
        app.MapGet("/api/v1/cases/{id}/documents/{documentId}", Show).Needs(Right.DecideCases);
    }

    private static async Task<IResult> Attach(
        string id,
        string kind,
        HttpRequest request,
        Person person,
        CaseAccess access,
        Appender appender,
        PersonalData personal,
        DocumentMarks marks
    )
    {
        var document = new DocumentAttached(kind, Ids.New(), "", 0, person.Id);
        // Asked before the upload is read, and again when it is decided.
        if (Refused(access.Find(id, person), document) is { } refused)
        {
            return Problems.Of(refused);
        }
        if (!DocumentKinds.All.Contains(kind, StringComparer.Ordinal))
        {
            var kinds = string.Join(", ", DocumentKinds.All);
            return Problems.Of(Refusal.Invalid("kind", $"Use one of: {kinds}."));
        }
        var (content, unread) = await Upload.Read(request, request.HttpContext.RequestAborted);
        if (unread is not null || content.Length == 0)
        {
            return Problems.Of(unread ?? Refusal.Invalid("body", "The document is empty."));
        }
        if (DocumentType.Of(content) is not { } type)
        {
            return Problems.Of(
                new Refusal(RefusalKind.UnsupportedType, "unsupported_type", DocumentType.Expected)
            );
        }
        var kept = personal.Seal(document.DocumentId, content);
        document = document with { Commitment = kept.Commitment, Bytes = content.Length };
        var mark = marks.Of(content);
        var refusal = await appender.Run(
            person.Act,
            work => Keep(work, id, document, person, type, kept.Row, mark)
        );
        return refusal.Or(Results.NoContent);
    }

    private static Refusal? Keep(
        Work work,
        string id,
        DocumentAttached document,
        Person person,
        string type,
        byte[] row,
        byte[] mark
    )
    {
        var state = CaseAccess.Find(work, id, person);
        if (Refused(state, document) is { } refused)
        {
            return refused;
        }
        List<ICaseEvent> events = [document];
        if (
            state!.SeenBefore.Count < CaseState.MostDocuments
            && DocumentMarks.Find(work, id, document, mark) is { } seen
        )
        {
            events.Add(seen);
        }
        work.Append(CaseStreams.Kind, id, state.Terminal, events);
        var until = (state.OpenedAt + Applicant.Kept).ToUnixTimeMilliseconds();
        DocumentMarks.Keep(work, id, document.DocumentId, mark, until);
        work.Beside(views =>
            views.Write(
                "INSERT INTO documents VALUES ($1, $2, $3, $4)",
                document.DocumentId,
                type,
                row,
                until
            )
        );
        return null;
    }

    private static Refusal? Refused(CaseState? state, DocumentAttached document) =>
        state is null
            ? Refusal.NotFound("case")
            : CaseDecisions.Decide(state, new AttachDocument(document), state.OpenedAt).Refusal;

    private static async Task<IResult> Show(
        string id,
        string documentId,
        Person person,
        CaseAccess access,
        Database database,
        Appender appender,
        PersonalData personal,
        HttpResponse response
    )
    {
        if (access.Find(id, person) is not { } state)
        {
            return Problems.Of(Refusal.NotFound("case"));
        }
        if (CaseRights.Deciding(person.Role, state) is { } notYours)
        {
            return Problems.Of(notYours);
        }
        var found = database.Read(c =>
            c.QueryFirstOrDefault<(string Kind, string? Type, byte[]? Row)>(
                "SELECT a.kind, d.content_type, d.sealed FROM case_documents a LEFT JOIN documents d ON d.id = a.id WHERE a.case_id IN @cases AND a.id = @documentId",
                new { cases = state.TakenOver.Prepend(id), documentId }
            )
        );
        if (found.Kind is null)
        {
            return Problems.Of(Refusal.NotFound("document"));
        }
        if (found is not { Type: { } type, Row: { } row })
        {
            return Problems.Of(
                new Refusal(RefusalKind.Gone, "erased", "Its retention has ended; it was erased.")
            );
        }
        var content = personal.Open(documentId, row);
        var reading = new DocumentRead(found.Kind, documentId, person.Id);
        await appender.Run(
            person.Act,
            work =>
                work.Decide(
                    CaseStreams.Kind,
                    id,
                    state.Terminal,
                    s => CaseDecisions.Decide(s, new ReadDocument(reading), work.Now)
                )
        );
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "no-store";
        return Results.Bytes(content, type, $"{found.Kind}-{documentId}.{type.Split('/')[1]}");
    }
}
