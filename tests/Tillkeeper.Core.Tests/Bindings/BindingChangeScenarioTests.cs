using Tillkeeper.Core.Bindings;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.Core.Tests.Bindings;

/// <summary>B5 as a table: each line is the life of a change of bindings, and how its last step is answered.</summary>
public sealed class BindingChangeScenarioTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("A", "registration_not_acknowledged")]
    [InlineData("ack", null)]
    [InlineData("ack ack", "already_acknowledged")]
    [InlineData("ack A", "second_person_required")]
    [InlineData("ack A A", "second_person_required")]
    [InlineData("ack A B", null)]
    [InlineData("ack A B A", "change_closed")]
    [InlineData("ack A B withdraw", "change_closed")]
    [InlineData("withdraw", null)]
    [InlineData("ack A withdraw B", "change_closed")]
    public void A_life_ends_as_the_table_says(string life, string? refusal)
    {
        var state = BindingChangeState.Apply(BindingChangeState.Empty, Proposal);
        string? last = "nothing happened";
        foreach (var step in life.Split(' '))
        {
            IBindingChangeCommand command = step switch
            {
                "ack" => new AcknowledgeRegistration("UMS-1", "A"),
                "withdraw" => new WithdrawBindingChange("A", "r"),
                _ => new ApproveBindingChange(step, "r"),
            };
            var decision = BindingChangeDecisions.Decide(state, command, At);
            state = decision.Events.Aggregate(state, BindingChangeState.Apply);
            last = decision.Refusal?.Code;
        }
        Assert.Equal(refusal, last);
        Assert.Equal(
            life.StartsWith("ack A B", StringComparison.Ordinal) ? ["A", "B"] : [],
            state.People
        );
    }

    [Fact]
    public void Each_binding_keeps_its_terminal_id_and_gets_the_merchant_code_of_its_acquirer()
    {
        Binding[] bindings = [new("a", "M1", "T1"), new("a", "M2", "T2"), new("b", "M3", "T3")];
        var rebound = BindingChangeDecisions.Rebind(
            bindings,
            [Registered("a", "M9"), Registered("a", "M2"), Registered("b", "M3")]
        );
        Assert.Equal([new("a", "M9", "T1"), new("a", "M2", "T2"), new("b", "M3", "T3")], rebound!);
        Assert.Null(BindingChangeDecisions.Rebind(bindings, [Registered("a", "M1")]));
    }

    private static Reregistration Registered(string acquirer, string mid) =>
        new(acquirer, mid, "9144030071526726XG", "3321", "7P0000000A", "00");

    private static BindingChangeProposed Proposal { get; } =
        new(
            "7B0000000A",
            BindingChangeKind.Replacement,
            "7T00000001",
            [Registered("a", "M1")],
            "A",
            "worn out",
            At,
            "7T00000002"
        );
}
