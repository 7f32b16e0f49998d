using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Repairs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Repairs;

/// <summary>Finds a repair for somebody; what is outside the subtree does not exist.</summary>
internal sealed class RepairAccess(Database database, States states)
{
    public RepairState? Find(string id, Person person) =>
        database.Read(c =>
            c.ExecuteScalar<string>("SELECT place FROM repairs WHERE id = @id", new { id })
        )
            is { } place
        && person.Sees(place)
            ? states.Find(RepairStreams.Kind, id)
            : null;

    /// <summary>The same inside a command.</summary>
    public static RepairState? Find(Work work, string id, Person person) =>
        work.Views.Scalar("SELECT place FROM repairs WHERE id = $1", id) is string place
        && person.Sees(place)
            ? work.Load(RepairStreams.Kind, id)
            : null;
}

/// <summary>Commands to a repair.</summary>
internal static class RepairCommands
{
    /// <summary>
    /// Decides on a repair that the person sees and appends what was decided. What the state forbids is told before what is wrong with the
    /// content, which leaves nothing behind (contract: 409 comes before 422).
    /// </summary>
    public static Refusal? DecideRepair(
        this Work work,
        string id,
        Person person,
        IRepairCommand command,
        Func<Refusal?> content
    )
    {
        if (RepairAccess.Find(work, id, person) is not { } state)
        {
            return Refusal.NotFound("repair");
        }
        var decision = RepairDecisions.Decide(state, command, work.Now);
        if (decision is { Events.IsEmpty: true, Refusal: { } impossible })
        {
            return impossible;
        }
        if (content() is { } wrong)
        {
            return wrong;
        }
        work.Append(RepairStreams.Kind, id, state.Terminal, decision.Events);
        return decision.Refusal;
    }
}
