using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Banks;

/// <summary>A bank that listens for real, verifies what it is asked, and signs whatever a test wants it to say.</summary>
internal sealed class TestBank : IAsyncDisposable
{
    private readonly ConcurrentQueue<JsonObject> asked = new();
    private readonly WebApplication app;
    private readonly ECDsa key;
    private readonly HttpClient client;
    private ECDsa? serverKey;

    private TestBank(WebApplication app, ECDsa key, HttpClient client) =>
        (this.app, this.key, this.client) = (app, key, client);

    public string Id { get; private set; } = "";

    /// <summary>What it answers to a request of the server.</summary>
    public HttpStatusCode Takes { get; set; } = HttpStatusCode.Accepted;

    public static async Task<TestBank> Open(RunningServer server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        TestBank bank = new(
            app,
            ECDsa.Create(ECCurve.NamedCurves.nistP256),
            server.Client(server.People)
        );
        app.MapPost("/requests", bank.Take);
        await app.StartAsync();
        var made = await server.Admin.Post(
            "/api/v1/banks",
            new
            {
                name = "Test bank",
                url = $"{app.Urls.Single()}/requests",
                kid = "bank-1",
                publicKey = bank.key.ExportSubjectPublicKeyInfoPem(),
            }
        );
        bank.Id = made.Expect(201).Text("id");
        bank.serverKey = ECDsa.Create();
        bank.serverKey.ImportFromPem(made.Text("requestKey"));
        return bank;
    }

    /// <summary>The last request that came in, its signature verified.</summary>
    public JsonObject LastRequest => asked.Last();

    public JsonObject Open(string signed)
    {
        var jws = Jws.Parse(signed)!;
        Assert.Equal("tillkeeper-bank-request", jws.Typ);
        Assert.True(jws.IsSignedBy(serverKey!));
        return JsonNode.Parse(jws.Payload)!.AsObject();
    }

    /// <summary>An honest answer to a request; the test bends what it likes.</summary>
    public static JsonObject AnswerTo(JsonObject request, bool approved = true)
    {
        var text = request["text"]!["zh-Hans"]!.GetValue<string>();
        return new JsonObject
        {
            ["request"] = request["request"]!.DeepClone(),
            ["nonce"] = request["nonce"]!.DeepClone(),
            ["reference"] = request["reference"]!.DeepClone(),
            ["terminal"] = request["terminal"]!.DeepClone(),
            ["action"] = request["action"]!.DeepClone(),
            ["locks"] = request["locks"]!.DeepClone(),
            ["textDigest"] = Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes(text))
            ),
            ["approved"] = approved,
        };
    }

    /// <summary>Says something at one of the server's addresses for banks.</summary>
    public Task<Answer> Say(
        string what,
        JsonObject said,
        string? typ = null,
        ECDsa? signedWith = null,
        string? asBank = null,
        DateTimeOffset? now = null
    ) => Send(what, Sign(what, said, typ, signedWith, now), asBank);

    public async Task<Answer> Send(string what, string message, string? asBank = null)
    {
        using var response = await client.PostAsync(
            $"/bank/v1/{asBank ?? Id}/{what}",
            new StringContent(
                JsonSerializer.Serialize(new { message }),
                Encoding.UTF8,
                "application/json"
            )
        );
        return await Answer.Of(response);
    }

    public string Sign(
        string what,
        JsonObject said,
        string? typ = null,
        ECDsa? signedWith = null,
        DateTimeOffset? now = null
    )
    {
        var at = now ?? DateTimeOffset.UtcNow;
        var message = said.DeepClone().AsObject();
        message["iss"] = Id;
        message["aud"] = "tillkeeper";
        message["iat"] = UtcTimeJson.Write(at);
        message["exp"] = UtcTimeJson.Write(at.AddMinutes(2));
        var input = Jws.InputFor(
            "bank-1",
            typ ?? $"tillkeeper-bank-{what.TrimEnd('s')}",
            Encoding.UTF8.GetBytes(message.ToJsonString())
        );
        var signature = (signedWith ?? key).SignData(
            input,
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation
        );
        return Jws.Compose(input, signature);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        key.Dispose();
        serverKey?.Dispose();
        await app.DisposeAsync();
    }

    private async Task Take(HttpContext context)
    {
        using StreamReader body = new(context.Request.Body);
        asked.Enqueue(Open(await body.ReadToEndAsync()));
        context.Response.StatusCode = (int)Takes;
    }
}
