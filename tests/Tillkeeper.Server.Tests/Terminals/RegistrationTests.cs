using Tillkeeper.Server.Tests.Isolation;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Terminals;

/// <summary>Registering and importing terminals.</summary>
public sealed class RegistrationTests(RunningServer server) : IClassFixture<RunningServer>
{
    private Task<string> MerchantAsync() => Shop.NewMerchant(server, null);

    private static object Binding(string? tid, string? acquirer = "unionpay") =>
        new
        {
            acquirer,
            mid = "M1",
            tid,
        };

    [Fact]
    public async Task A_registered_terminal_shows_what_was_said_of_it()
    {
        var merchantId = await MerchantAsync();
        var serial = DoorTerminal.NewSerial();
        var body = new
        {
            serial,
            merchantId,
            model = "A920",
            externalId = "EXT-1",
            bindings = new[] { Binding(serial[^8..]) },
            location = new
            {
                lat = 39.9,
                lon = 116.4,
                radiusM = 200,
            },
            networks = new[] { "10.1.0.0/16", "2001:db8::/32" },
            warranty = new { purchasedOn = "2026-01-31", months = 24 },
        };
        var made = (await server.Admin.Post("/api/v1/terminals", body)).Expect(201);
        Assert.NotEmpty(made.Text("enrolmentCode"));
        Assert.InRange(
            made.Json.GetProperty("enrolmentCodeExpiresAt").GetDateTimeOffset(),
            DateTimeOffset.UtcNow.AddHours(1),
            DateTimeOffset.UtcNow.AddDays(8)
        );
        var shown = (await server.Admin.Get($"/api/v1/terminals/{made.Text("id")}")).Expect(200);
        Assert.Equal(serial, shown.Text("serial"));
        Assert.Equal("EXT-1", shown.Text("externalId"));
        Assert.Equal(
            "2026-01-31",
            shown.Json.GetProperty("warranty").GetProperty("purchasedOn").GetString()
        );
        Assert.Equal(2, shown.Json.GetProperty("networks").GetArrayLength());
        Assert.False(shown.Json.GetProperty("online").GetBoolean());
        Assert.Empty(shown.Json.GetProperty("locks").EnumerateArray());
        var verdict = await server.Admin.Get(
            $"/api/v1/verdict?acquirer=unionpay&tid={serial[^8..]}&capability=card_payment"
        );
        Assert.True(verdict.Expect(200).Json.GetProperty("allow").GetBoolean());
    }

    [Fact]
    public async Task An_import_is_201_the_first_time_and_200_ever_after_with_the_same_id()
    {
        var merchantId = await MerchantAsync();
        var path = $"/api/v1/terminals/by-serial/{DoorTerminal.NewSerial()}";
        var body = new { merchantId, model = "A920" };
        var first = (await server.Admin.PutJson(path, body)).Expect(201).Text("id");
        Assert.Equal(first, (await server.Admin.PutJson(path, body)).Expect(200).Text("id"));
        var moved = new { merchantId = await MerchantAsync(), model = "A930" };
        Assert.Equal(first, (await server.Admin.PutJson(path, moved)).Expect(200).Text("id"));
        var shown = await server.Admin.Get($"/api/v1/terminals/{first}");
        Assert.Equal((moved.merchantId, "A930"), (shown.Text("merchantId"), shown.Text("model")));
    }

    [Fact]
    public async Task A_serial_may_have_a_slash()
    {
        var serial = $"{DoorTerminal.NewSerial()}/7";
        var body = new { merchantId = await MerchantAsync(), model = "T1" };
        var path = $"/api/v1/terminals/by-serial/{Uri.EscapeDataString(serial)}";
        var made = (await server.Admin.PutJson(path, body)).Expect(201);
        var shown = await server.Admin.Get($"/api/v1/terminals/{made.Text("id")}");
        Assert.Equal(serial, shown.Text("serial"));
    }

    [Fact]
    public async Task A_known_serial_is_a_409_however_it_is_written_and_whatever_else_is_wrong()
    {
        var merchantId = await MerchantAsync();
        var serial = DoorTerminal.NewSerial();
        var body = new
        {
            serial,
            merchantId,
            model = "T1",
        };
        (await server.Admin.Post("/api/v1/terminals", body)).Expect(201);
        var before = LogHeads.Of(server);
        (await server.Admin.Post("/api/v1/terminals", body)).Refuses(409, "serial_exists");
        var other = body with { serial = $" {serial.ToLowerInvariant()} ", model = "" };
        (await server.Admin.Post("/api/v1/terminals", other)).Refuses(409, "serial_exists");
        Assert.Equal(before, LogHeads.Of(server));
    }

    [Fact]
    public async Task One_terminal_id_of_an_acquirer_belongs_to_one_terminal()
    {
        var merchantId = await MerchantAsync();
        var tid = DoorTerminal.NewSerial();
        object Body(string serial, object[] bindings, string model = "T1") =>
            new
            {
                serial,
                merchantId,
                model,
                bindings,
            };
        var first = DoorTerminal.NewSerial();
        (await server.Admin.Post("/api/v1/terminals", Body(first, [Binding(tid)]))).Expect(201);
        var before = LogHeads.Of(server);
        foreach (var model in new[] { "T1", "" })
        {
            var second = Body(DoorTerminal.NewSerial(), [Binding(tid)], model);
            (await server.Admin.Post("/api/v1/terminals", second)).Refuses(409, "binding_exists");
        }
        var twice = Body(DoorTerminal.NewSerial(), [Binding($"{tid}2"), Binding($"{tid}2")]);
        (await server.Admin.Post("/api/v1/terminals", twice)).Refuses(422, "invalid", "bindings");
        Assert.Equal(before, LogHeads.Of(server));

        // Once given up it is free for another.
        (
            await server.Admin.PutJson($"/api/v1/terminals/by-serial/{first}", Body(first, []))
        ).Expect(200);
        var third = Body(DoorTerminal.NewSerial(), [Binding(tid)]);
        (await server.Admin.Post("/api/v1/terminals", third)).Expect(201);
    }

    public static TheoryData<string, string> Wrong =>
        new()
        {
            { "{}", "serial" },
            { """{"serial":"S"}""", "merchantId" },
            { """{"merchantId":"M"}""", "serial" },
            { """{"merchantId":"M","serial":""}""", "serial" },
            { """{"merchantId":"M","serial":"S"}""", "model" },
            { """{"merchantId":"M","serial":"S","model":" "}""", "model" },
            { """{"merchantId":"M","serial":"S","model":"T","bindings":[null]}""", "bindings" },
            { """{"merchantId":"M","serial":"S","model":"T","bindings":[{}]}""", "bindings" },
            {
                """{"merchantId":"M","serial":"S","model":"T","networks":["10.0.0.0/99"]}""",
                "networks"
            },
            { """{"merchantId":"M","serial":"S","model":"T","networks":[null]}""", "networks" },
            { """{"merchantId":"M","serial":"S","model":"T","location":{}}""", "location" },
            {
                """{"merchantId":"M","serial":"S","model":"T","location":{"lat":91,"lon":0,"radiusM":5}}""",
                "location"
            },
            {
                """{"merchantId":"M","serial":"S","model":"T","warranty":{"purchasedOn":"2026-01-01","months":-1}}""",
                "warranty.months"
            },
            {
                """{"merchantId":"M","serial":"S","model":"T","warranty":{"purchasedOn":"yesterday","months":1}}""",
                "warranty.purchasedOn"
            },
            {
                """{"merchantId":"M","serial":"S","model":"T","warranty":{"months":1}}""",
                "warranty.purchasedOn"
            },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_named_and_nothing_is_registered(string body, string field)
    {
        var text = body.Replace("\"M\"", $"\"{await MerchantAsync()}\"", StringComparison.Ordinal)
            .Replace("\"S\"", $"\"{DoorTerminal.NewSerial()}\"", StringComparison.Ordinal);
        var before = LogHeads.Of(server);
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/terminals")
        {
            Content = new StringContent(text, System.Text.Encoding.UTF8, "application/json"),
        };
        var answer = await Answer.Of(await server.Admin.Client.SendAsync(request));
        answer.Refuses(422, "invalid", field);
        Assert.Equal(before, LogHeads.Of(server));
    }

    [Fact]
    public async Task Many_registrations_of_one_serial_at_once_make_one_terminal()
    {
        var body = new
        {
            serial = DoorTerminal.NewSerial(),
            merchantId = await MerchantAsync(),
            model = "T1",
            bindings = new[] { Binding(DoorTerminal.NewSerial()) },
        };
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => server.Admin.Post("/api/v1/terminals", body))
        );
        Assert.Single(answers, a => a.Status == 201);
        Assert.Equal(19, answers.Count(a => a.Status == 409));
    }
}
