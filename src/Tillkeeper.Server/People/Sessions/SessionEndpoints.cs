using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.People.Sessions;

/// <summary><c>/api/v1/sessions</c>: where one is signed in oneself; nobody else sees it.</summary>
internal static class SessionEndpoints
{
    internal sealed record SessionView(
        string Id,
        string Device,
        string Address,
        DateTimeOffset Since,
        DateTimeOffset LastSeenAt,
        bool Current
    );

    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/sessions", List).Needs(Right.Look);
        app.MapDelete("/api/v1/sessions/{id}", End).Needs(Right.Look);
    }

    private static IResult List(Person person, SessionStore sessions) =>
        Results.Json(
            new Page<SessionView>(
                [
                    .. Own(person, sessions)
                        .Select(s => new SessionView(
                            s.Name,
                            s.Device,
                            s.Address,
                            s.Since,
                            s.Seen,
                            s.Name == person.Session?.Name
                        )),
                ],
                null
            )
        );

    private static async Task<IResult> End(
        string id,
        Person person,
        SessionStore sessions,
        Appender appender
    )
    {
        if (Own(person, sessions).FirstOrDefault(s => s.Name == id) is not { } session)
        {
            return Problems.Of(Refusal.NotFound("session"));
        }
        await appender.Run(
            person.Act,
            work =>
            {
                SessionStore.End(work, session);
                return true;
            }
        );
        return Results.NoContent();
    }

    /// <summary>A key has none.</summary>
    private static IReadOnlyList<Session> Own(Person person, SessionStore sessions) =>
        person.Session is { } own ? sessions.Of(own.Account) : [];
}
