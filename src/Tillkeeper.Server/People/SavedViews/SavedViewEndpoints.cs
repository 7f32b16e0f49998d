using System.Text.RegularExpressions;
using Dapper;
using Microsoft.AspNetCore.WebUtilities;
using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.People.SavedViews;

/// <summary>A list as somebody narrowed it down.</summary>
/// <param name="List">The list's last word in its address, e.g. <c>terminals</c>.</param>
/// <param name="Query">Its filters and order, e.g. <c>locked=true&amp;sort=-serial</c>: never where else to go.</param>
internal sealed record SavedView(string List, string Name, string Query);

/// <summary><c>/api/v1/views</c>: one's own saved views, nobody else's.</summary>
internal static partial class SavedViewEndpoints
{
    private const int Most = 50;
    private const int LongestName = 60;
    private const int LongestQuery = 1_000;

    internal sealed record ViewBody(string? Query);

    public static void MapSavedViews(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/views", List).Needs(Right.Look);
        app.MapPut("/api/v1/views/{list}/{name}", Save).Needs(Right.Look);
        app.MapDelete("/api/v1/views/{list}/{name}", Remove).Needs(Right.Look);
    }

    private static IResult List(Person person, Database database, string? list = null) =>
        Results.Json(
            new Page<SavedView>(
                database.Read(c =>
                    c.Query<SavedView>(
                            "SELECT list, name, query FROM saved_views WHERE person = @Id AND (@list IS NULL OR list = @list) ORDER BY list, name",
                            new { person.Id, list }
                        )
                        .AsList()
                ),
                null
            )
        );

    private static async Task<IResult> Save(
        string list,
        string name,
        ViewBody body,
        Person person,
        Appender appender
    )
    {
        var view = new SavedView(list, name.Trim(), Tidy(body.Query ?? ""));
        if (Wrong(view) is { } wrong)
        {
            return Problems.Of(wrong);
        }
        var kept = await appender.Run(
            person.Act,
            work =>
            {
                var others = work.Views.Scalar(
                    "SELECT COUNT(*) FROM saved_views WHERE person = $1 AND NOT (list = $2 AND name = $3)",
                    person.Id,
                    view.List,
                    view.Name
                );
                if (others is >= (long)Most)
                {
                    return false;
                }
                work.Beside(v =>
                    v.Write(
                        "INSERT INTO saved_views (person, list, name, query) VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET query = excluded.query",
                        person.Id,
                        view.List,
                        view.Name,
                        view.Query
                    )
                );
                return true;
            }
        );
        return kept
            ? Results.Json(view)
            : Problems.Of(
                Refusal.Conflict(
                    "too_many_views",
                    $"There are {Most} already; delete one that is not needed."
                )
            );
    }

    private static async Task<IResult> Remove(
        string list,
        string name,
        Person person,
        Appender appender
    )
    {
        var was = await appender.Run(
            person.Act,
            work =>
            {
                var there = work.Views.Scalar(
                    "SELECT 1 FROM saved_views WHERE person = $1 AND list = $2 AND name = $3",
                    person.Id,
                    list,
                    name
                );
                if (there is not null)
                {
                    work.Beside(v =>
                        v.Write(
                            "DELETE FROM saved_views WHERE person = $1 AND list = $2 AND name = $3",
                            person.Id,
                            list,
                            name
                        )
                    );
                }
                return there is not null;
            }
        );
        return was ? Results.NoContent() : Problems.Of(Refusal.NotFound("view"));
    }

    /// <summary>Only what narrows down or sorts: not which page of it, not as what. Escaped as an address has it.</summary>
    internal static string Tidy(string query) =>
        query.Length > LongestQuery
            ? query
            : QueryHelpers
                .AddQueryString(
                    "",
                    QueryHelpers
                        .ParseQuery(query)
                        .Where(q =>
                            q.Key is not ("after" or "format" or "lang")
                            && !string.IsNullOrEmpty(q.Value)
                        )
                        .Select(q => KeyValuePair.Create(q.Key, (string?)q.Value.ToString()))
                )
                .TrimStart('?');

    private static Refusal? Wrong(SavedView view) =>
        view switch
        {
            _ when !Word().IsMatch(view.List) => Refusal.Invalid(
                "list",
                "Name the list as in its address, e.g. terminals."
            ),
            { Name: "" or { Length: > LongestName } } => Refusal.Invalid(
                "name",
                $"Give it a name of 1 to {LongestName} characters."
            ),
            _ when view.Name.Any(char.IsControl) => Refusal.Invalid(
                "name",
                "Leave out control characters."
            ),
            { Query: "" or { Length: > LongestQuery } } => Refusal.Invalid(
                "query",
                $"Give the filters that are to be kept, in at most {LongestQuery} characters."
            ),
            _ => null,
        };

    [GeneratedRegex("^[a-z]{1,30}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Word();
}
