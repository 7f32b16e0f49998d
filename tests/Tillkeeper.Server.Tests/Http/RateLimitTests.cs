using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Http;

/// <summary>At least 50 requests a second a key; whoever sends far more waits, and nobody else does.</summary>
public sealed class RateLimitTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Two_seconds_worth_of_requests_at_once_are_all_answered()
    {
        var person = await server.Person("auditor");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => person.Get("/api/v1/orgs?limit=1"))
        );
        Assert.All(answers, answer => answer.Expect(200));
    }

    [Fact]
    public async Task A_key_that_has_used_up_its_share_is_told_to_wait_and_no_other_key_is()
    {
        var greedy = await server.Person("auditor");
        var modest = await server.Person("auditor");
        HttpResponseMessage response;
        var attempts = 0;
        do
        {
            // Its share may be filled up again in between.
            UseUp(greedy);
            response = await greedy.Client.GetAsync("/api/v1/orgs");
        } while (response.IsSuccessStatusCode && ++attempts < 20);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        (await Answer.Of(response)).Refuses(429, "too_many_requests");
        (await modest.Get("/api/v1/orgs")).Expect(200);
    }

    private void UseUp(TestPerson person)
    {
        var limiter = server
            .Services.GetRequiredService<IOptions<RateLimiterOptions>>()
            .Value.GlobalLimiter!;
        DefaultHttpContext context = new()
        {
            User = new ClaimsPrincipal(
                new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.Id)], "test")
            ),
        };
        while (true)
        {
            using var lease = limiter.AttemptAcquire(context);
            if (!lease.IsAcquired)
            {
                return;
            }
        }
    }
}
