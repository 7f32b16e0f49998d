using System.Globalization;
using Tillkeeper.Core;
using Tillkeeper.PolicyFiles;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Policies;

/// <summary><c>/api/v1/policies</c>: the rules in force for a part of the tree, as the files that somebody wrote.</summary>
internal static class PolicyEndpoints
{
    internal sealed record SetView(string Target, long Revision, bool Changed, int Terminals);

    internal sealed record DiffView(
        string Target,
        IReadOnlyList<PolicyChange> Changes,
        int Terminals
    );

    public static IServiceCollection AddPolicies(this IServiceCollection services) =>
        services
            .AddSingleton<PolicyBook>()
            .AddSingleton<PolicyOrders>()
            .AddSingleton<PolicyReach>()
            .AddSingleton<PolicyChanges>()
            .AddSingleton<PolicyViews>()
            .AddHostedService<PolicyRollout>();

    public static void MapPolicies(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/policies", List).Needs(Right.Look);
        app.MapGet("/api/v1/policies/{target}", Show).Needs(Right.Look);
        app.MapPut("/api/v1/policies/{target}", Put)
            .Accepts<PolicyBody>("application/json", "application/yaml")
            .Needs(Right.ManagePolicies);
        app.MapPost("/api/v1/policies/{target}/proposal", Propose)
            .Accepts<PolicyBody>("application/json", "application/yaml")
            .Needs(Right.ManagePolicies);
        app.MapDelete("/api/v1/policies/{target}", Remove).Needs(Right.ManagePolicies);
        app.MapPost("/api/v1/policies/{target}/diff", Diff)
            .Accepts<PolicyBody>("application/json", "application/yaml")
            .Needs(Right.ManagePolicies);
        app.MapTerminalPolicy();
        app.MapRules();
    }

    private static IResult List(Person person, Paging page, PolicyViews views) =>
        page.Refusal.Or(() => Results.Json(views.List(person, page)));

    private static IResult Show(
        string target,
        Person person,
        PolicyViews views,
        HttpResponse response
    )
    {
        if (
            views.Read(v => PolicyChanges.Find(v, target, person)) is not { } found
            || views.Find(found, person) is not { } view
        )
        {
            return Problems.Of(Refusal.NotFound("policy"));
        }
        if (view.Revision is { } revision)
        {
            response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");
        }
        return Results.Json(view);
    }

    private static Task<IResult> Put(
        string target,
        HttpRequest request,
        Person person,
        Appender appender,
        PolicyChanges changes,
        PolicyViews views,
        PolicyReach reach
    ) =>
        Write(
            target,
            request,
            person,
            appender,
            views,
            reach,
            (work, found, body, file, outcome) =>
                changes.Put(work, found, body, file, outcome, person)
        );

    /// <summary>The same by two people: what a rule does to many is best looked at twice.</summary>
    private static Task<IResult> Propose(
        string target,
        HttpRequest request,
        Person person,
        Appender appender,
        PolicyChanges changes,
        PolicyViews views,
        PolicyReach reach
    ) =>
        Write(
            target,
            request,
            person,
            appender,
            views,
            reach,
            (work, found, body, file, outcome) =>
                changes.Propose(work, found, body, file, outcome, person)
        );

    private static async Task<IResult> Write(
        string target,
        HttpRequest request,
        Person person,
        Appender appender,
        PolicyViews views,
        PolicyReach reach,
        Func<
            Work,
            PolicyTarget,
            PolicyBody,
            PolicyFile,
            PolicyReach.Outcome?,
            (PolicyChanges.Set? Done, Refusal? Refusal)
        > write
    )
    {
        var (body, unread) = await PolicyBody.Read(request);
        var file = body.ToFile();
        var outcome =
            unread is null && file.IsValid
                ? Judge(target, file.Document, person, views, reach)
                : null;
        PolicyTarget? found = null;
        SetView? view = null;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                found = PolicyChanges.Find(work.Views, target, person);
                if (found is null)
                {
                    return Refusal.NotFound("policy target");
                }
                if (unread is not null)
                {
                    return unread;
                }
                var (done, refused) = write(work, found, body, file, outcome);
                view = done is null
                    ? null
                    : new SetView(
                        found.ToString(),
                        done.Revision,
                        done.Changed,
                        outcome?.Terminals ?? 0
                    );
                return refused;
            }
        );
        return refusal is null ? Results.Json(view) : Refused(refusal, found, file);
    }

    private static async Task<IResult> Remove(
        string target,
        Person person,
        Appender appender,
        PolicyChanges changes,
        PolicyViews views,
        PolicyReach reach,
        string? reason = null
    )
    {
        var outcome = Judge(target, null, person, views, reach);
        SetView? view = null;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (PolicyChanges.Find(work.Views, target, person) is not { } found)
                {
                    return Refusal.NotFound("policy target");
                }
                var (done, refused) = changes.Remove(work, found, reason, outcome, person);
                view = done is null
                    ? null
                    : new SetView(found.ToString(), done.Revision, true, outcome?.Terminals ?? 0);
                return refused;
            }
        );
        return refusal.Or(() => Results.Json(view));
    }

    private static async Task<IResult> Diff(
        string target,
        HttpRequest request,
        Person person,
        PolicyViews views,
        PolicyReach reach
    )
    {
        var (body, unread) = await PolicyBody.Read(request);
        if (views.Read(v => PolicyChanges.Find(v, target, person)) is not { } found)
        {
            return Problems.Of(Refusal.NotFound("policy target"));
        }
        var file = body.ToFile();
        if ((unread ?? body.Check() ?? PolicyChanges.Mistakes(found, file)) is { } wrong)
        {
            return Refused(wrong, found, file);
        }
        var outcome = views.Read(v => reach.Judge(v, found, file.Document));
        return outcome.Conflict.Or(() =>
            Results.Json(new DiffView(found.ToString(), outcome.Changes, outcome.Terminals))
        );
    }

    /// <summary>What would come of it, on the request's own thread: the appender's is everybody's.</summary>
    private static PolicyReach.Outcome? Judge(
        string target,
        PolicyDocument? document,
        Person person,
        PolicyViews views,
        PolicyReach reach
    ) =>
        views.Read(v =>
            PolicyChanges.Find(v, target, person) is { } found
                ? reach.Judge(v, found, document)
                : null
        );

    /// <summary>A file with mistakes is told all of them at once.</summary>
    private static IResult Refused(Refusal refusal, PolicyTarget? target, PolicyFile file) =>
        refusal.Code == "invalid_policy" && target is not null
            ? Problems.Of(refusal, ("errors", PolicyChanges.ErrorsAt(target, file)))
            : Problems.Of(refusal);
}
