using System.Diagnostics;
using System.Text;
using Tillkeeper.Cli.Api;

namespace Tillkeeper.Cli.Tests;

public sealed class RetryTests
{
    private static readonly string[] Revoke = ["terminal", "revoke", "t1", "--reason", "lost"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_broken_connection_is_tried_again_with_the_same_idempotency_key(int failures)
    {
        using var place = new Place();
        await using var server = await BreakingAsync(failures);

        var outcome = await place.RunAsync(server, Revoke);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(failures + 1, server.Requests.Length);
        Assert.Single(server.Requests.Distinct());
    }

    [Fact]
    public async Task A_connection_that_breaks_three_times_is_unreachable()
    {
        using var place = new Place();
        await using var server = await BreakingAsync(failures: 9);

        var outcome = await place.RunAsync(server, Revoke);

        Assert.Equal(3, outcome.ExitCode);
        Assert.Equal(3, server.Requests.Length);
    }

    [Fact]
    public async Task A_connection_that_breaks_inside_the_answer_is_tried_again()
    {
        using var place = new Place();
        var answers = 0;
        await using var server = await TestServer.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref answers) == 1)
            {
                context.Response.ContentLength = 100;
                await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes("{\"id\":"));
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
            }

            await TestServer.WriteAsync(context, 200, "application/json", "{}");
        });

        var outcome = await place.RunAsync(server, Revoke);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(2, server.Requests.Length);
        Assert.Single(server.Requests.Distinct());
    }

    [Fact]
    public async Task Two_runs_use_different_idempotency_keys()
    {
        using var place = new Place();
        await using var server = await TestServer.AnsweringAsync("{}");

        await place.RunAsync(server, Revoke);
        await place.RunAsync(server, Revoke);

        Assert.Equal(
            2,
            server.Requests.Select(request => request.IdempotencyKey).Distinct().Count()
        );
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again()
    {
        using var place = new Place();
        await using var server = await TestServer.RefusingAsync(
            503,
            """{"code":"busy","detail":"Later."}"""
        );

        var outcome = await place.RunAsync(server, Revoke);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_unreachable_and_asked_once()
    {
        using var place = new Place();
        await using var server = await TestServer.StartAsync(Silence);
        using var client = new TillkeeperClient(
            new Uri(server.Url),
            place.PathOf("ca.crt"),
            Place.Key,
            TimeSpan.FromSeconds(2)
        );

        var failure = await Assert.ThrowsAsync<ServerUnreachableException>(() =>
            client.SendAsync(ApiRequest.Get("keys"), CancellationToken.None)
        );

        Assert.Equal(ExitCodes.Unreachable, failure.ExitCode);
        Assert.Contains("did not answer within 2 s", failure.Message, StringComparison.Ordinal);
        Assert.True(server.Requests.Length <= 1);
    }

    [Fact]
    public void The_program_waits_thirty_seconds() =>
        Assert.Equal(TimeSpan.FromSeconds(30), TillkeeperClient.DefaultTimeout);

    [Fact]
    public async Task Ctrl_C_ends_a_waiting_command()
    {
        using var place = new Place();
        var asked = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(context =>
        {
            asked.SetResult();
            return Silence(context);
        });
        using var process = place.Start([
            .. Revoke,
            "--server",
            server.Url,
            "--ca",
            "ca.crt",
            "--key-file",
            "key",
        ]);
        await asked.Task;

        using (var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await interrupt.WaitForExitAsync();
        }

        var outcome = await Place.EndAsync(process);
        Assert.Equal(130, outcome.ExitCode);
        Assert.Contains("Cancelled", outcome.Error, StringComparison.Ordinal);
    }

    private static Task Silence(Microsoft.AspNetCore.Http.HttpContext context)
    {
        var gone = new TaskCompletionSource();
        context.RequestAborted.Register(() => gone.TrySetResult());
        return gone.Task;
    }

    private static Task<TestServer> BreakingAsync(int failures)
    {
        var answers = 0;
        return TestServer.StartAsync(context =>
        {
            if (Interlocked.Increment(ref answers) > failures)
            {
                return TestServer.WriteAsync(context, 200, "application/json", "{}");
            }

            context.Abort();
            return Task.CompletedTask;
        });
    }
}
