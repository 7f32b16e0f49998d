using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Arrears;

/// <summary>
/// <c>/api/v1/merchants/{id}/arrears</c>: what a merchant owes and when notice of it was given. Nothing but a notice makes terminals warn,
/// and nothing but its time makes them lock.
/// </summary>
internal static class ArrearsEndpoints
{
    private const decimal MostDue = 1_000_000_000_000m;

    internal sealed record NoticeBody(decimal? AmountDue, string? Currency, string? NoticeText);

    /// <param name="NoticedBy">The opaque id of who gave notice; for the provider's own people.</param>
    /// <param name="LocksFrom">The earliest moment at which terminals may lock, where the policy locks at all.</param>
    internal sealed record ArrearsView(
        decimal AmountDue,
        string Currency,
        string NoticeText,
        DateTimeOffset NoticedAt,
        DateTimeOffset LocksFrom,
        string? NoticedBy
    );

    public static IServiceCollection AddArrears(this IServiceCollection services) =>
        services
            .AddSingleton<ArrearsRounds>()
            .AddSingleton<ITimerHandler>(s => s.GetRequiredService<ArrearsRounds>());

    public static void MapArrears(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/merchants/{id}/arrears", Notice).Needs(Right.OrderLocks);
        app.MapGet("/api/v1/merchants/{id}/arrears", Show).Needs(Right.Look);
        app.MapDelete("/api/v1/merchants/{id}/arrears", Settle).Needs(Right.OrderLocks);
    }

    private static async Task<IResult> Notice(
        string id,
        NoticeBody body,
        Person person,
        Appender appender,
        PolicyBook policies,
        ArrearsRounds rounds
    )
    {
        ArrearsNoticed? notice = null;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (Places.OfMerchant(work.Views, id, person) is null)
                {
                    return Refusal.NotFound("merchant");
                }
                if (work.Load(ArrearsStreams.Kind, id).Notice is not null)
                {
                    return Refusal.Conflict(
                        "notice_given",
                        "Notice was given already; settle it first, so that no time given is taken back."
                    );
                }
                if (Checked(body) is { } wrong)
                {
                    return wrong;
                }
                var given = policies.OfProvider(work.Views).Arrears.Notice;
                notice = new ArrearsNoticed(
                    person.Id,
                    body.AmountDue!.Value,
                    body.Currency!,
                    body.NoticeText!.Trim(),
                    work.Now,
                    work.Now + given
                );
                work.Append(ArrearsStreams.Kind, id, id, [notice]);
                rounds.Tell(work, id);
                return null;
            }
        );
        return refusal.Or(() => Results.Json(ViewOf(notice!, person), statusCode: 201));
    }

    private static IResult Show(string id, Person person, PolicyViews views, States states) =>
        views.Read(v => Places.OfMerchant(v, id, person)) is not null
        && states.Find(ArrearsStreams.Kind, id) is { Notice: { } notice }
            ? Results.Json(ViewOf(notice, person))
            : Problems.Of(Refusal.NotFound("notice"));

    private static async Task<IResult> Settle(
        string id,
        Person person,
        Appender appender,
        ArrearsRounds rounds
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (
                    Places.OfMerchant(work.Views, id, person) is null
                    || work.Load(ArrearsStreams.Kind, id).Notice is null
                )
                {
                    return Refusal.NotFound("notice");
                }
                work.Append(ArrearsStreams.Kind, id, id, [new ArrearsSettled(person.Id)]);
                rounds.Tell(work, id);
                return null;
            }
        );
        return refusal.Or(() => Results.NoContent());
    }

    private static ArrearsView ViewOf(ArrearsNoticed notice, Person person) =>
        new(
            notice.AmountDue,
            notice.Currency,
            notice.NoticeText,
            notice.At,
            notice.LocksFrom,
            person.SeesInside ? notice.Person : null
        );

    private static Refusal? Checked(NoticeBody body)
    {
        if (body.AmountDue is not (> 0 and <= MostDue))
        {
            return Refusal.Invalid("amountDue", "Give an amount above zero, e.g. 120.00.");
        }
        return body.Currency is { Length: 3 } currency && currency.All(char.IsAsciiLetterUpper)
            ? Check.Text(body.NoticeText, "noticeText")
            : Refusal.Invalid("currency", "Give three capital letters (ISO 4217), e.g. CNY.");
    }
}
