using System.Net;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>R1: however many guesses come at once, and however the name is spelt, exactly the limit is evaluated.</summary>
public sealed class ParallelGuessesTests : IAsyncLifetime
{
    private const int Guesses = 1000;
    private const int Limit = 5;
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.Start();

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_thousand_wrong_passcodes_at_once_are_evaluated_five_times_and_lock_once() =>
        await Guess(_ => "03", expectedSubject: "03");

    [Fact]
    public async Task Two_spellings_of_one_name_share_one_counter() =>
        await Guess(
            i =>
                (i % 3) switch
                {
                    0 => "03",
                    1 => "０３",
                    _ => " 0\u200B3 ",
                },
            expectedSubject: "03"
        );

    [Fact]
    public async Task Unknown_names_share_one_counter() =>
        await Guess(i => $"nobody-{i}", expectedSubject: "unknown");

    private async Task Guess(Func<int, string> nameOf, string expectedSubject)
    {
        await using var agent = await RunningAgent.StartWithStaff(server);
        var before = (await Counted(agent, 0)).Count;

        var answers = await Task.WhenAll(
            Enumerable.Range(0, Guesses).Select(i => agent.SignIn(nameOf(i), $"{100000 + i}"))
        );

        Assert.Equal(Limit, answers.Count(a => a.Status == HttpStatusCode.Unauthorized));
        Assert.Equal(Guesses - Limit, answers.Count(a => a.Status == HttpStatusCode.Locked));
        var locks = await agent.Locks();
        var only = Assert.Single(locks);
        Assert.Equal("E01", only.GetProperty("code").GetString());
        Assert.Equal(
            expectedSubject,
            only.GetProperty("subject").GetProperty("operator").GetString()
        );
        var counted = await Counted(agent, before + Limit);
        Assert.Equal(before + Limit, counted.Count);
    }

    /// <summary>The attempts in the log, once the terminal has reported at least so many and its lock.</summary>
    private async Task<IReadOnlyList<System.Text.Json.JsonElement>> Counted(
        RunningAgent agent,
        int atLeast
    )
    {
        if (atLeast > 0)
        {
            await server.Admin.Until(
                $"/api/v1/terminals/{agent.Terminal}",
                a => a.Locks.Length == 1
            );
        }
        var events = await Shops.Events(server.Admin, agent.Terminal);
        return
        [
            .. events.Where(e =>
                e.GetProperty("type").GetString() == "operator.attempt_counted.v1"
            ),
        ];
    }
}
