using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Audit;

/// <summary><c>/api/v1/audit</c>: is the log what it was, and what is in it? It is everybody's, so it is the provider's own staff's alone.</summary>
internal static class AuditEndpoints
{
    private const int LongestWord = 200;

    public static IServiceCollection AddAudit(this IServiceCollection services) =>
        services
            .AddSingleton<LogVerifier>()
            .AddSingleton<AuditSearch>()
            .AddSingleton<Verifications>();

    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/v1/audit/verify",
                (LogVerifier verifier, Person person) =>
                    Provider(person, () => Results.Json(verifier.Verify()))
            )
            .Needs(Right.VerifyAudit);
        app.MapPost(
                "/api/v1/audit/verifications",
                (Verifications verifications, Person person) =>
                    Provider(
                        person,
                        () => Results.Json(verifications.Start(person.Name), statusCode: 202)
                    )
            )
            .Needs(Right.VerifyAudit);
        app.MapGet(
                "/api/v1/audit/verifications/last",
                (Verifications verifications, Person person) =>
                    Provider(
                        person,
                        () =>
                            verifications.Last is { } last
                                ? Results.Json(last)
                                : Problems.Of(Refusal.NotFound("verification"))
                    )
            )
            .Needs(Right.VerifyAudit);
        app.MapGet("/api/v1/audit/events", Search).Needs(Right.VerifyAudit);
        app.MapGet("/api/v1/audit/checkpoints", Checkpoints).Needs(Right.VerifyAudit);
    }

    /// <param name="who">A person's id, or an actor as the log names it.</param>
    /// <param name="what">What the type of the event begins with, e.g. <c>lock.</c>.</param>
    /// <param name="of">What it happened to, e.g. <c>terminal/7Q...</c>.</param>
    private static IResult Search(
        Person person,
        Paging page,
        AuditSearch search,
        string? who = null,
        string? what = null,
        string? of = null,
        string? source = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null
    ) =>
        Provider(
            person,
            () =>
            {
                var tooLong = new[] { who, what, of, source }.Any(w =>
                    w is { Length: > LongestWord }
                );
                var refusal =
                    page.Refusal
                    ?? (
                        tooLong
                            ? Refusal.Invalid("what", $"No word is longer than {LongestWord}.")
                            : null
                    )
                    ?? (
                        page.After.Length > 0 && AuditCursor.Parse(page.After) is null
                            ? Refusal.Invalid("after", "Send back what 'next' was.")
                            : null
                    );
                return refusal.Or(() =>
                    Results.Json(
                        search.Find(
                            new AuditQuery(
                                Given(who),
                                Given(what),
                                Given(of),
                                Given(source),
                                from,
                                to
                            ),
                            page
                        )
                    )
                );
            }
        );

    /// <summary>The newest of them: what a copy kept elsewhere is compared with.</summary>
    private static IResult Checkpoints(Person person, Paging page, CheckpointFile file) =>
        Provider(
            person,
            () =>
                page.Refusal.Or(() =>
                {
                    var (all, bad) = file.Read();
                    return Results.Json(
                        new { items = all.Reverse().Take(page.Limit), firstBad = bad }
                    );
                })
        );

    private static string? Given(string? word) =>
        string.IsNullOrWhiteSpace(word) ? null : word.Trim();

    private static IResult Provider(Person person, Func<IResult> answer) =>
        person.IsProvider
            ? answer()
            : Problems.Of(
                Refusal.Forbidden(
                    "The log is everybody's; only the provider reads and verifies it."
                )
            );
}
