using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Announcements;

/// <summary><c>/api/v1/announcements</c>: planned maintenance, told to shops at least five working days ahead (M4).</summary>
internal static class AnnouncementEndpoints
{
    internal sealed record WithdrawBody(string? Reason);

    public static IServiceCollection AddAnnouncements(this IServiceCollection services) =>
        services.AddSingleton<AnnouncementViews>();

    public static void MapAnnouncements(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/announcements", Make).Needs(Right.ManageCampaigns);
        app.MapGet("/api/v1/announcements", List).Needs(Right.Look);
        app.MapPost("/api/v1/announcements/{id}/withdrawal", Withdraw).Needs(Right.ManageCampaigns);
    }

    private static IResult List(Person person, Paging page, AnnouncementViews views) =>
        page.Refusal.Or(() => Results.Json(views.Ahead(person, page)));

    private static async Task<IResult> Make(AnnouncementBody body, Person person, Appender appender)
    {
        var id = Ids.New();
        var days = 0;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (Places.Of(work.Views, body.Org, person) is not { } place)
                {
                    return Refusal.NotFound("org");
                }
                if (body.Wrong(work.Now, out days) is { } wrong)
                {
                    return wrong;
                }
                work.Append(
                    AnnouncementStreams.Kind,
                    id,
                    id,
                    [
                        new AnnouncementMade(
                            id,
                            place,
                            body.From!.Value,
                            body.Until!.Value,
                            new AnnouncementText(body.Text!.En.Trim(), body.Text.Zh.Trim()),
                            days,
                            person.Id,
                            work.Now,
                            days < AnnouncementBody.LeastDays ? body.Urgent!.Trim() : null
                        ),
                    ]
                );
                return null;
            }
        );
        return refusal.Or(() => Results.Json(new { id, workingDays = days }, statusCode: 201));
    }

    private static async Task<IResult> Withdraw(
        string id,
        WithdrawBody body,
        Person person,
        Appender appender
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                var state = work.Load(AnnouncementStreams.Kind, id);
                if (state.Made is not { } made || !person.Sees(made.Place))
                {
                    return Refusal.NotFound("announcement");
                }
                if (state.Withdrawn is not null)
                {
                    return Refusal.Conflict("already_withdrawn", "It was withdrawn already.");
                }
                if (Check.Text(body.Reason, "reason") is { } wrong)
                {
                    return wrong;
                }
                work.Append(
                    AnnouncementStreams.Kind,
                    id,
                    id,
                    [new AnnouncementWithdrawn(person.Id, body.Reason!.Trim(), work.Now)]
                );
                return null;
            }
        );
        return refusal.Or(Results.NoContent);
    }
}
