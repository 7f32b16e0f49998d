using Tillkeeper.Core;
using Tillkeeper.Core.Bindings;
using Tillkeeper.Core.Locks.Texts;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Relocations;
using Tillkeeper.Server.Replacements;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Bindings;

/// <summary>What happens when the second person has agreed, in the same transaction.</summary>
internal interface IBindingChangeEffect
{
    BindingChangeKind Kind { get; }

    /// <summary>May this person agree at all? Told before anything is recorded.</summary>
    Refusal? Forbids(Work work, BindingChangeProposed proposal, Person person);

    Refusal? CarryOut(
        Work work,
        BindingChangeProposed proposal,
        IReadOnlyList<string> people,
        string reason
    );
}

/// <summary>
/// Replacements (W5) and relocations (W9): proposed, acknowledged by the acquirer, approved by two people; each kind proposes and is carried
/// out in its own folder.
/// </summary>
internal static class BindingChangeEndpoints
{
    internal sealed record AcknowledgementBody(string? Reference);

    internal sealed record ReasonBody(string? Reason);

    public static IServiceCollection AddBindingChanges(this IServiceCollection services) =>
        services
            .AddSingleton<BindingChangeViews>()
            .AddSingleton<IBindingChangeEffect, TakeOver>()
            .AddSingleton<IBindingChangeEffect, Settlement>()
            .AddSingleton<ITimerHandler, UnwipedTimer>();

    public static void MapBindingChanges(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/replacements", ReplacementProposal.Propose)
            .Needs(Right.ManageTerminals);
        app.MapPost("/api/v1/relocations", RelocationProposal.Propose).Needs(Right.ManageTerminals);
        Map(app, "/api/v1/replacements", BindingChangeKind.Replacement);
        Map(app, "/api/v1/relocations", BindingChangeKind.Relocation);
    }

    private static void Map(IEndpointRouteBuilder app, string at, BindingChangeKind kind)
    {
        app.MapGet(
                at,
                (Person person, Paging page, BindingChangeViews views, string? status = null) =>
                    views.List(kind, person, page, status)
            )
            .Needs(Right.Look);
        app.MapGet(
                $"{at}/{{id}}",
                (string id, Person person, BindingChangeViews views, HttpRequest request) =>
                    views.Show(
                        kind,
                        id,
                        person,
                        LockExplainer.Choose(request.Headers.AcceptLanguage)
                    )
            )
            .Needs(Right.Look);
        app.MapPost(
                $"{at}/{{id}}/acknowledgement",
                (string id, AcknowledgementBody body, Person person, Appender appender) =>
                    Answer(
                        appender,
                        person,
                        id,
                        kind,
                        new AcknowledgeRegistration(body.Reference?.Trim() ?? "", person.Id),
                        () => Check.Name(body.Reference, "reference")
                    )
            )
            .Needs(Right.ManageTerminals);
        app.MapPost(
                $"{at}/{{id}}/approval",
                (
                    string id,
                    ReasonBody body,
                    Person person,
                    Appender appender,
                    IEnumerable<IBindingChangeEffect> effects
                ) => Approve(appender, person, id, body, effects.Single(e => e.Kind == kind))
            )
            .Needs(Right.ReleaseLocks);
        app.MapPost(
                $"{at}/{{id}}/withdrawal",
                (string id, ReasonBody body, Person person, Appender appender) =>
                    Answer(
                        appender,
                        person,
                        id,
                        kind,
                        new WithdrawBindingChange(person.Id, body.Reason?.Trim() ?? ""),
                        () => Check.Text(body.Reason, "reason")
                    )
            )
            .Needs(Right.ManageTerminals);
    }

    /// <summary>The one step that may change something beside its own stream.</summary>
    private static Task<IResult> Approve(
        Appender appender,
        Person person,
        string id,
        ReasonBody body,
        IBindingChangeEffect effect
    ) =>
        Answer(
            appender,
            person,
            id,
            effect.Kind,
            new ApproveBindingChange(person.Id, body.Reason?.Trim() ?? ""),
            () => Check.Text(body.Reason, "reason"),
            new Effect(effect.Forbids, effect.CarryOut)
        );

    /// <summary>What an approval may lead to. Handed on, so that no other step can come to it.</summary>
    private sealed record Effect(
        Func<Work, BindingChangeProposed, Person, Refusal?> Forbids,
        Func<Work, BindingChangeProposed, IReadOnlyList<string>, string, Refusal?> CarryOut
    );

    private static async Task<IResult> Answer(
        Appender appender,
        Person person,
        string id,
        BindingChangeKind kind,
        IBindingChangeCommand command,
        Func<Refusal?> content,
        Effect? effect = null
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work => Decide(work, person, id, kind, command, content, effect)
        );
        return refusal.Or(() => Results.NoContent());
    }

    private static Refusal? Decide(
        Work work,
        Person person,
        string id,
        BindingChangeKind kind,
        IBindingChangeCommand command,
        Func<Refusal?> content,
        Effect? effect
    )
    {
        if (
            BindingChangeStreams.Find(work, id, kind, person)
            is not { Proposal: { } proposal } state
        )
        {
            return Refusal.NotFound(Words.Of(kind));
        }
        var decision = BindingChangeDecisions.Decide(state, command, work.Now);
        if (decision is { Events.IsEmpty: true, Refusal: { } impossible })
        {
            return impossible;
        }
        if (effect?.Forbids(work, proposal, person) is { } forbidden)
        {
            return forbidden;
        }
        if (content() is { } wrong)
        {
            return wrong;
        }
        if (
            decision.Events.OfType<BindingChangeDone>().FirstOrDefault() is { } done
            && effect?.CarryOut(work, proposal, done.People, done.Reason) is { } failed
        )
        {
            return failed;
        }
        work.Append(BindingChangeStreams.Kind, id, proposal.Terminal, decision.Events);
        return decision.Refusal;
    }
}
