using System.Text.Json;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Tests.Policies;

public sealed class PolicyTests
{
    private static readonly Policy Default = Policy.Default;

    private static string? Field(Policy policy) => PolicyLimits.Check(policy)?.Field;

    [Fact]
    public void The_defaults_are_what_the_standards_say()
    {
        Assert.True(Default.WrongPassword is { Attempts: <= 10, ResetAfter: <= 10 });
        Assert.True(Default.WrongPassword.LockFor >= TimeSpan.FromMinutes(30));
        Assert.True(Default.Away.IdleAfter <= TimeSpan.FromMinutes(15));
        Assert.True(Default.OfflineCode.ValidFor <= TimeSpan.FromMinutes(10));
        Assert.True(Default.Passcode is { History: >= 4, Iterations: >= 600_000 });
        Assert.True(Default.Transaction.LongestWait <= TimeSpan.FromMinutes(3));
        Assert.Null(PolicyLimits.Check(Default));
    }

    [Fact]
    public void A_policy_comes_back_from_JSON_and_says_less_than_it_means()
    {
        var policy = Default with
        {
            Version = 9,
            Support = new() { Phone = "12315" },
        };
        var json = JsonSerializer.Serialize(policy, CoreJson.Default.Policy);
        Assert.Equal(policy, JsonSerializer.Deserialize(json, CoreJson.Default.Policy));
        Assert.Contains("\"lockFor\":\"PT30M\"", json, StringComparison.Ordinal);
        Assert.Equal(
            Default with
            {
                WrongPassword = new() { Attempts = 3 },
            },
            JsonSerializer.Deserialize(
                """{"wrongPassword":{"attempts":3},"newer":{"a":1}}""",
                CoreJson.Default.Policy
            )
        );
        Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize("""{"wrongPassword":null}""", CoreJson.Default.Policy)
        );
    }

    [Fact]
    public void A_value_that_makes_no_sense_is_named_with_its_range()
    {
        (Policy Policy, string Field)[] cases =
        [
            (With(new() { Attempts = 0 }), "wrongPassword.attempts"),
            (With(new() { Attempts = 101, ResetAfter = 200 }), "wrongPassword.attempts"),
            (With(new() { LockFor = TimeSpan.Zero }), "wrongPassword.lockFor"),
            (With(new() { LockFor = TimeSpan.FromDays(367) }), "wrongPassword.lockFor"),
            (With(new() { ResetAfter = 4 }), "wrongPassword.resetAfter"),
            (With(new() { TerminalAttempts = 0 }), "wrongPassword.terminalAttempts"),
            (With(new() { TerminalWindow = TimeSpan.Zero }), "wrongPassword.terminalWindow"),
            (Default with { Passcode = new() { MinLength = 13 } }, "passcode.minLength"),
            (Default with { Passcode = new() { History = -1 } }, "passcode.history"),
            (Default with { Passcode = new() { Iterations = 0 } }, "passcode.iterations"),
            (Default with { Passcode = new() { GrantFor = TimeSpan.Zero } }, "passcode.grantFor"),
            (
                Default with
                {
                    Away = new() { IdleAfter = TimeSpan.FromTicks(-1) },
                },
                "away.idleAfter"
            ),
            (
                Default with
                {
                    OfflineCode = new() { ValidFor = TimeSpan.Zero },
                },
                "offlineCode.validFor"
            ),
            (Default with { OfflineCode = new() { Tries = 11 } }, "offlineCode.tries"),
            (
                Default with
                {
                    Transaction = new() { LongestWait = TimeSpan.FromTicks(-1) },
                },
                "transaction.longestWait"
            ),
        ];
        Assert.All(cases, c => Assert.Equal(c.Field, Field(c.Policy)));

        static Policy With(WrongPasswordRule rule) => Default with { WrongPassword = rule };
    }

    [Fact]
    public void Zero_switches_off_what_may_be_switched_off()
    {
        Assert.Null(Field(Default with { Away = new() { IdleAfter = TimeSpan.Zero } }));
        Assert.Null(Field(Default with { Transaction = new() { LongestWait = TimeSpan.Zero } }));
    }
}
