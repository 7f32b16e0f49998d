using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Locks;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Banks;

/// <summary>
/// <c>/bank/v1/{bank}</c>: what a bank's app does in its customer's name. No key, no session: each message stands for itself, signed by the
/// bank, for one use, for five minutes.
/// </summary>
internal static class BankDoor
{
    private const int MostLocksShown = 20;

    /// <param name="Message">JWS ES256, compact.</param>
    internal sealed record MessageBody(string? Message);

    /// <param name="Actions">What the owner can have asked for it now.</param>
    internal sealed record LockShown(
        string Id,
        string Code,
        string Cause,
        string Status,
        DateTimeOffset Since,
        DateTimeOffset? ExpectedEnd,
        IReadOnlyList<string> Actions
    );

    internal sealed record TerminalShown(
        string Id,
        string Serial,
        string Model,
        IReadOnlyList<LockShown> Locks
    );

    public static void MapBankDoor(this IEndpointRouteBuilder app)
    {
        app.MapPost("/bank/v1/{bank}/state", State).At(Door.People).AllowAnonymous();
        app.MapPost("/bank/v1/{bank}/wishes", Wish).At(Door.People).AllowAnonymous();
        app.MapPost("/bank/v1/{bank}/answers", Answer).At(Door.People).AllowAnonymous();
    }

    private static IResult State(
        string bank,
        MessageBody body,
        BankRegister banks,
        States states,
        PolicyBook policies,
        PolicyViews reader,
        TimeProvider time
    )
    {
        var now = time.GetUtcNow();
        if (
            banks.Find(bank) is not { } known
            || BankMessages.Open<StateMessage>(body.Message, known, StateMessage.Typ, now)
                is not { } said
        )
        {
            return Problems.Of(BankMessages.NotGenuine);
        }
        var terminals = banks
            .Terminals(bank, said.Reference)
            .Select(id => states.Find(TerminalStreams.Kind, id)!)
            .Select(t => new TerminalShown(
                t.Id,
                t.Serial,
                t.Profile?.Model ?? "",
                [
                    .. Lock.GravestFirst(t.ActiveLocks)
                        .Take(MostLocksShown)
                        .Select(l => Show(t, l, PolicyOf(t), now)),
                ]
            ));
        return Results.Json(new { terminals });

        Policy PolicyOf(TerminalState t) => reader.Read(views => policies.Of(views, t));
    }

    private static LockShown Show(TerminalState terminal, Lock l, Policy policy, DateTimeOffset now)
    {
        var actions = Enum.GetValues<OwnerAction>()
            .Where(action =>
            {
                var wish = new Wish(action, [l.Id]);
                return OwnReleases
                    .Decide(terminal, policy, new(wish.Method, wish.Locks, "", "", ""), now)
                    .Accepted;
            })
            .Select(Words.Of);
        return new LockShown(
            l.Id,
            l.Code,
            Words.Of(l.Cause),
            Words.Of(l.Status),
            l.Since,
            l.ExpectedEnd,
            [.. actions]
        );
    }

    private static async Task<IResult> Wish(
        string bank,
        MessageBody body,
        Asking asking,
        Appender appender,
        HttpContext context
    )
    {
        Asking.Made? made = null;
        var refusal = await appender.Run(
            ActOf(bank, context),
            work =>
            {
                if (Open<WishMessage>(work, bank, body, WishMessage.Typ) is not { } said)
                {
                    return BankMessages.NotGenuine;
                }
                var wish = new Wish(said.Action, said.Locks);
                if (wish.Check() is { } wrong)
                {
                    return wrong;
                }
                if (BankRegister.CardOf(work.Views, said.Terminal) != (bank, said.Reference))
                {
                    return Refusal.NotFound("terminal");
                }
                (made, wrong) = asking.Ask(
                    work,
                    work.Load(TerminalStreams.Kind, said.Terminal),
                    (bank, said.Reference),
                    wish
                );
                return wrong;
            }
        );
        return refusal.Or(() => Results.Json(new { request = made!.Signed }, statusCode: 201));
    }

    private static async Task<IResult> Answer(
        string bank,
        MessageBody body,
        PolicyBook policies,
        Appender appender,
        HttpContext context
    )
    {
        var refusal = await appender.Run(
            ActOf(bank, context),
            work =>
                Open<AnswerMessage>(work, bank, body, AnswerMessage.Typ) is { } said
                    ? Settle(work, policies, bank, said)
                    : BankMessages.NotGenuine
        );
        return refusal.Or(() => Results.Json(new { status = "taken" }));
    }

    /// <summary>The answer and what it orders of the terminal are one: neither stands without the other.</summary>
    private static Refusal? Settle(Work work, PolicyBook policies, string bank, AnswerMessage said)
    {
        var request = work.Load(BankRequestStreams.Kind, said.Request);
        var answer = new OwnerAnswer(
            said.Request,
            said.Nonce,
            said.Reference,
            said.Terminal,
            said.Action,
            said.Locks,
            said.TextDigest,
            said.Approved
        );
        var answered = request.Answer(bank, answer, work.Now);
        if (answered.Refusal is { } worthless)
        {
            return worthless;
        }
        if (BankRegister.CardOf(work.Views, said.Terminal) != (bank, said.Reference))
        {
            return Refusal.Conflict(
                "no_bank_card",
                "The terminal is not bound to this card any more."
            );
        }
        if (said.Approved)
        {
            var terminal = work.Load(TerminalStreams.Kind, said.Terminal);
            var release = new OwnRelease(
                new Wish(said.Action, said.Locks).Method,
                said.Locks,
                $"bank/{bank}",
                "approved in the bank's app",
                said.Request
            );
            var ordered = OwnReleases.Decide(
                terminal,
                policies.Of(work.Views, terminal),
                release,
                work.Now
            );
            if (ordered.Refusal is { } impossible)
            {
                return impossible;
            }
            work.Append(TerminalStreams.Kind, terminal.Id, terminal.Id, ordered.Events);
        }
        else
        {
            Alerts.Raise(work, Refused(work, said));
        }
        work.Append(BankRequestStreams.Kind, said.Request, said.Terminal, answered.Events);
        return null;
    }

    /// <summary>Somebody at the shop asked, and its owner did not want it: that is worth a look.</summary>
    private static NewAlert Refused(Work work, AnswerMessage said) =>
        new(
            "owner_refused",
            $"owner_refused/{said.Terminal}",
            Severity.Medium,
            (string?)work.Views.Scalar("SELECT place FROM terminals WHERE id = $1", said.Terminal)
                ?? "/",
            said.Terminal,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["terminal"] = said.Terminal }
        );

    /// <summary>Judged inside the command, by its clock.</summary>
    private static T? Open<T>(Work work, string bank, MessageBody body, string typ)
        where T : class, IBankMessage =>
        BankRegister.Find(work.Views, bank) is { } known
            ? BankMessages.Open<T>(body.Message, known, typ, work.Now)
            : null;

    private static Act ActOf(string bank, HttpContext context) =>
        new($"bank/{bank}", context.Connection.RemoteIpAddress?.ToString() ?? "");
}
