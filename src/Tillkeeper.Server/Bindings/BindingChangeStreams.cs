using Tillkeeper.Core.Bindings;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Bindings;

/// <summary>Streams of binding changes, in the shard of their terminal, and the view over them.</summary>
internal static class BindingChangeStreams
{
    public static StreamKind<BindingChangeState, IBindingChangeEvent> Kind { get; } =
        new(
            "binding_change",
            EventCatalogue.BindingChange,
            CoreJson.Default.BindingChangeState,
            BindingChangeState.Empty,
            BindingChangeState.Apply,
            Project
        );

    /// <summary>A change of this kind for somebody; what is outside the subtree does not exist.</summary>
    public static BindingChangeState? Find(
        Work work,
        string id,
        BindingChangeKind kind,
        Person person
    ) =>
        work.Views.Scalar(
            "SELECT place FROM binding_changes WHERE id = $1 AND kind = $2",
            id,
            Words.Of(kind)
        )
            is string place
        && person.Sees(place)
            ? work.Load(Kind, id)
            : null;

    /// <summary>Is a terminal, on either side, part of a change that is not settled?</summary>
    public static bool IsInHand(Work work, string terminal) =>
        work.Views.Scalar(
            "SELECT 1 FROM binding_changes WHERE (terminal = $1 OR new_terminal = $1) AND status IN ('proposed', 'acknowledged')",
            terminal
        )
            is not null;

    private static void Project(Views views, Projection<BindingChangeState, IBindingChangeEvent> p)
    {
        if (p.Happened is BindingChangeProposed e)
        {
            views.Write(
                "INSERT INTO binding_changes SELECT $1, $2, $3, $4, t.place, $5, $6 FROM terminals t WHERE t.id = $3",
                e.Change,
                Words.Of(e.Kind),
                e.Terminal,
                e.NewTerminal,
                Words.Of(p.After.Status),
                p.At.ToUnixTimeMilliseconds()
            );
        }
        else if (p.Before.Status != p.After.Status)
        {
            views.Write(
                "UPDATE binding_changes SET status = $2 WHERE id = $1",
                p.Id,
                Words.Of(p.After.Status)
            );
        }
    }
}
