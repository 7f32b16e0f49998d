using System.Net;
using System.Text;
using System.Text.Json;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Http;

/// <summary>Whatever goes wrong is told as a problem (RFC 9457) with a stable code, at both doors.</summary>
public sealed class ProblemTests(RunningServer server) : IClassFixture<RunningServer>
{
    public static TheoryData<string, string> Unknown =>
        new()
        {
            { "GET", "/nowhere" },
            { "GET", "/api/v1/nothing" },
            { "POST", "/api/v1/terminals/0000000000/nothing" },
            { "GET", "/API/V2/keys" },
            { "GET", "/openapi/v2.json" },
            { "DELETE", "/favicon.ico" },
        };

    [Theory]
    [MemberData(nameof(Unknown))]
    public async Task What_does_not_exist_is_a_404_for_everybody_at_both_doors(
        string method,
        string path
    )
    {
        using var nobody = server.Client(server.People);
        using var terminal = server.Client(server.Terminals);
        foreach (var client in new[] { nobody, server.Admin.Client, terminal })
        {
            using HttpRequestMessage request = new(new HttpMethod(method), path);
            await CheckAsync(client, request, 404, "not_found");
        }
    }

    [Theory]
    [InlineData("PATCH", "/api/v1/orgs")]
    [InlineData("DELETE", "/api/v1/terminals")]
    [InlineData("POST", "/healthz")]
    [InlineData("PUT", "/api/v1/keys")]
    public async Task A_wrong_method_is_a_405_that_names_the_right_ones(string method, string path)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        using var response = await CheckAsync(
            server.Admin.Client,
            request,
            405,
            "method_not_allowed"
        );
        Assert.NotEmpty(response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_wrong_method_at_the_other_door_is_not_found()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/terminal/v1/enrol");
        await CheckAsync(server.Admin.Client, request, 404, "not_found");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"name\": 5}")]
    [InlineData("{\"name\": \"\\ud800\"}")]
    [InlineData(
        "{\"name\": {\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}}}}}}}}}"
    )]
    public async Task A_body_that_is_not_the_json_expected_is_a_422_that_names_a_field(string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/orgs")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using var response = await CheckAsync(server.Admin.Client, request, 422, "invalid");
        Assert.NotEmpty((await Answer.Of(response)).Field);
    }

    [Fact]
    public async Task A_body_that_is_not_utf_8_is_a_422()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/orgs")
        {
            Content = new ByteArrayContent([.. "{\"name\":\""u8, 0xFF, 0xFE, .. "\"}"u8])
            {
                Headers = { ContentType = new("application/json") },
            },
        };
        await CheckAsync(server.Admin.Client, request, 422, "invalid");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData(null)]
    public async Task A_body_of_another_type_is_a_415(string? type)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/orgs")
        {
            Content = new ByteArrayContent([.. "{}"u8])
            {
                Headers = { ContentType = type is null ? null : new(type) },
            },
        };
        await CheckAsync(server.Admin.Client, request, 415, "unsupported_type");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a-key")]
    public async Task A_body_that_is_too_large_is_a_413(string? idempotencyKey)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/orgs")
        {
            Content = new StringContent(
                $"{{\"name\":\"{new string('x', 1100 * 1024)}\"}}",
                Encoding.UTF8,
                "application/json"
            ),
        };
        // Asks before it sends: a refusal that overtakes the body would break the pipe instead of being read.
        request.Headers.ExpectContinue = true;
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }
        await CheckAsync(server.Admin.Client, request, 413, "too_large");
    }

    [Fact]
    public async Task A_parameter_of_the_query_that_cannot_be_read_is_a_422_that_names_it()
    {
        (await server.Admin.Get("/api/v1/orgs?limit=many")).Refuses(422, "invalid", "limit");
        var body = new
        {
            selector = new { model = "X" },
            cause = "remote",
            reason = "x",
        };
        (await server.Admin.Post("/api/v1/locks?preview=maybe", body)).Refuses(
            422,
            "invalid",
            "preview"
        );
    }

    private static async Task<HttpResponseMessage> CheckAsync(
        HttpClient client,
        HttpRequestMessage request,
        int status,
        string code
    )
    {
        var response = await client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.Equal($"urn:tillkeeper:problem:{code}", problem.GetProperty("type").GetString());
        return response;
    }
}
