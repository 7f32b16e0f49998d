using System.Text.Json.Nodes;

namespace Tillkeeper.Cli.Tests;

public sealed class RequestTests
{
    // Enough of every answer for any command to be content with it.
    private const string Answer = """
        {"id":"i1","key":"k","secret":"s","invitation":"/invitation/x","enrolmentCode":"c","code":"12345678","ok":true,"allow":true,"items":[],"orders":[],"locks":[]}
        """;

    /// <summary>Arguments (separated by blanks), and the request they must become.</summary>
    public static TheoryData<string, string, string, string?> Commands =>
        new()
        {
            {
                "key create --name Li --role agent --org o1",
                "POST",
                "keys",
                """{"name":"Li","role":"agent","org":"o1"}"""
            },
            {
                "key create --name Li --role admin",
                "POST",
                "keys",
                """{"name":"Li","role":"admin"}"""
            },
            {
                "person invite --name Li --login li@example.com --role agent --org o1 --person k1",
                "POST",
                "people",
                """{"name":"Li","login":"li@example.com","role":"agent","org":"o1","person":"k1"}"""
            },
            { "person list", "GET", "people", null },
            {
                "person suspend p1 --reason left",
                "POST",
                "people/p1/suspend",
                """{"reason":"left"}"""
            },
            { "person reset p1 --reason lost", "POST", "people/p1/reset", """{"reason":"lost"}""" },
            {
                "person role p1 --role risk --org o1 --reason moved",
                "POST",
                "people/p1/role",
                """{"role":"risk","org":"o1","reason":"moved"}"""
            },
            { "artifact list", "GET", "artifacts", null },
            {
                "campaign create --name Autumn --artifact a1 --merchant m1 --groups 0.01:1:0.1,1:0.95:0.05 --window 02:00/PT3H/Asia/Shanghai --days tue,wed --forced-after P3D",
                "POST",
                "campaigns",
                """{"name":"Autumn","artifact":"a1","selector":{"merchantId":"m1"},"groups":[{"share":0.01,"success":1,"error":0.1},{"share":1,"success":0.95,"error":0.05}],"window":{"from":"02:00","duration":"PT3H","zone":"Asia/Shanghai","days":["tue","wed"]},"forcedAfter":"P3D"}"""
            },
            {
                "campaign create --name Back --artifact a1 --terminals t1,t2 --downgrade --reason bad --preview",
                "POST",
                "campaigns?preview=true",
                """{"name":"Back","artifact":"a1","selector":{"terminals":["t1","t2"]},"downgrade":true,"reason":"bad"}"""
            },
            { "campaign list", "GET", "campaigns", null },
            { "campaign show c1", "GET", "campaigns/c1", null },
            {
                "campaign terminals c1 --step waiting",
                "GET",
                "campaigns/c1/terminals?step=waiting",
                null
            },
            {
                "campaign pause c1 --reason wait",
                "POST",
                "campaigns/c1/pause",
                """{"reason":"wait"}"""
            },
            {
                "campaign resume c1 --reason go",
                "POST",
                "campaigns/c1/resume",
                """{"reason":"go"}"""
            },
            { "campaign stop c1 --reason no", "POST", "campaigns/c1/stop", """{"reason":"no"}""" },
            { "alert list --state open --kind x", "GET", "alerts?state=open&kind=x", null },
            { "alert show a1", "GET", "alerts/a1", null },
            { "alert own a1", "POST", "alerts/a1/own", null },
            {
                "alert due a1 --due 2026-12-01T00:00:00Z",
                "POST",
                "alerts/a1/due",
                """{"due":"2026-12-01T00:00:00Z"}"""
            },
            { "alert settle a1 --reason ok", "POST", "alerts/a1/settle", """{"reason":"ok"}""" },
            { "crisis list", "GET", "crises", null },
            { "crisis show c1", "GET", "crises/c1", null },
            {
                "crisis open --rule network --reason calls",
                "POST",
                "crises",
                """{"rule":"network","reason":"calls"}"""
            },
            {
                "crisis open --batch b1 --reason slip",
                "POST",
                "crises",
                """{"batchId":"b1","reason":"slip"}"""
            },
            { "crisis stop c1 --reason bad", "POST", "crises/c1/stop", """{"reason":"bad"}""" },
            { "crisis undo c1 --reason bad", "POST", "crises/c1/undo", """{"reason":"bad"}""" },
            { "crisis close c1 --reason ok", "POST", "crises/c1/close", """{"reason":"ok"}""" },
            { "crisis message c1 --text hi", "POST", "crises/c1/message", """{"text":"hi"}""" },
            { "crisis report c1", "GET", "crises/c1/report", null },
            {
                "webhook create --url https://x.example/h --events lock.*,alert.opened --place o1",
                "POST",
                "webhooks",
                """{"url":"https://x.example/h","events":["lock.*","alert.opened"],"place":"o1"}"""
            },
            { "webhook list", "GET", "webhooks", null },
            { "webhook rotate w1", "POST", "webhooks/w1/secret", null },
            { "webhook dead-letters w1", "GET", "webhooks/w1/dead-letters", null },
            {
                "webhook redeliver w1 --letters 3,4",
                "POST",
                "webhooks/w1/redeliver",
                """{"letters":["3","4"]}"""
            },
            { "webhook delete w1", "DELETE", "webhooks/w1", null },
            { "key list", "GET", "keys", null },
            { "key list --limit 5 --after k/9", "GET", "keys?after=k%2F9&limit=5", null },
            { "key revoke k1", "DELETE", "keys/k1", null },
            { "org create --name North", "POST", "orgs", """{"kind":"agent","name":"North"}""" },
            {
                "org create --name North --parent o1",
                "POST",
                "orgs",
                """{"kind":"agent","name":"North","parent":"o1"}"""
            },
            { "org list", "GET", "orgs", null },
            {
                "merchant create --name Tea --org o1 --identity-kind credit_code --identity-number 91 --contact-name Wang --contact-phone 138",
                "POST",
                "merchants",
                """{"name":"Tea","org":"o1","identity":{"kind":"credit_code","number":"91"},"contact":{"name":"Wang","phone":"138"}}"""
            },
            { "merchant list", "GET", "merchants", null },
            { "merchant show m1", "GET", "merchants/m1", null },
            {
                "terminal register --serial S1 --merchant m1 --model X --external-id e1 --acquirer a --mid 1 --tid 2",
                "POST",
                "terminals",
                """{"serial":"S1","merchantId":"m1","model":"X","externalId":"e1","bindings":[{"acquirer":"a","mid":"1","tid":"2"}]}"""
            },
            {
                "terminal register --serial S1 --merchant m1 --model X",
                "POST",
                "terminals",
                """{"serial":"S1","merchantId":"m1","model":"X"}"""
            },
            {
                "terminal import --serial S/1 --merchant m1 --model X",
                "PUT",
                "terminals/by-serial/S%2F1",
                """{"merchantId":"m1","model":"X"}"""
            },
            { "terminal list", "GET", "terminals", null },
            {
                "terminal list --merchant m1 --limit 2 --after t1",
                "GET",
                "terminals?merchant=m1&after=t1&limit=2",
                null
            },
            { "terminal show t1", "GET", "terminals/t1", null },
            { "terminal show t?a#b", "GET", "terminals/t%3Fa%23b", null },
            {
                "terminal verdict t1 --capability refund",
                "GET",
                "terminals/t1/verdict?capability=refund",
                null
            },
            { "terminal verdict t1", "GET", "terminals/t1/verdict?capability=card_payment", null },
            {
                "terminal events t1 --after 7 --limit 3",
                "GET",
                "terminals/t1/events?after=7&limit=3",
                null
            },
            { "terminal enrolment-code t1", "POST", "terminals/t1/enrolment-codes", null },
            {
                "terminal revoke t1 --reason lost",
                "POST",
                "terminals/t1/revoke",
                """{"reason":"lost"}"""
            },
            { "terminal alternatives t1", "GET", "terminals/t1/alternatives", null },
            {
                "terminal network ask t1 --network 198.51.100.0/24 --reason line",
                "POST",
                "terminals/t1/networks",
                """{"network":"198.51.100.0/24","reason":"line"}"""
            },
            { "terminal network list t1", "GET", "terminals/t1/networks", null },
            {
                "terminal network decide t1 r1 --approve --reason seen",
                "POST",
                "terminals/t1/networks/r1/decision",
                """{"decision":"approve","reason":"seen"}"""
            },
            {
                "lock create t1 --cause remote --reason fraud",
                "POST",
                "terminals/t1/locks",
                """{"cause":"remote","reason":"fraud"}"""
            },
            {
                "lock create t1 --cause remote --reason r --message m --scope card_payment,refund --expected-end 2026-03-01T18:00:00Z",
                "POST",
                "terminals/t1/locks",
                """{"cause":"remote","scope":["card_payment","refund"],"reason":"r","message":"m","expectedEnd":"2026-03-01T18:00:00Z"}"""
            },
            {
                "lock create t1 --reason r --at 2026-03-01T18:00:00Z --second-person",
                "POST",
                "terminals/t1/locks",
                """{"cause":"remote","reason":"r","at":"2026-03-01T18:00:00Z","secondPerson":true}"""
            },
            {
                "lock many --version 1.2.3 --reason r --at 2026-03-01T18:00:00Z",
                "POST",
                "locks",
                """{"selector":{"version":"1.2.3"},"cause":"remote","reason":"r","at":"2026-03-01T18:00:00Z"}"""
            },
            { "lock batch b1", "GET", "locks/batches/b1", null },
            {
                "lock batch release b1 --reason wrong",
                "POST",
                "locks/batches/b1/release",
                """{"reason":"wrong"}"""
            },
            { "lock approve b1", "POST", "locks/batches/b1/approve", null },
            { "lock schedule list --limit 3", "GET", "locks/scheduled?limit=3", null },
            { "lock schedule cancel b1", "DELETE", "locks/scheduled/b1", null },
            {
                "lock release t1 l1 --reason settled",
                "POST",
                "terminals/t1/locks/l1/release",
                """{"reason":"settled"}"""
            },
            {
                "lock many --merchant m1 --cause remote --reason r",
                "POST",
                "locks",
                """{"selector":{"merchantId":"m1"},"cause":"remote","reason":"r"}"""
            },
            {
                "lock many --org o1 --model X --cause anomaly --reason r --preview",
                "POST",
                "locks?preview=true",
                """{"selector":{"org":"o1","model":"X"},"cause":"anomaly","reason":"r"}"""
            },
            {
                "lock many --terminals t1,t2 --reason r --scope refund",
                "POST",
                "locks",
                """{"selector":{"terminals":["t1","t2"]},"cause":"remote","scope":["refund"],"reason":"r"}"""
            },
            { "lock batch b1", "GET", "locks/batches/b1", null },
            {
                "case open --terminal t1 --lock l1 --way-out password_reset --applicant-name Wang --applicant-phone 138",
                "POST",
                "cases",
                """{"terminalId":"t1","lockId":"l1","wayOut":"password_reset","applicant":{"name":"Wang","phone":"138"}}"""
            },
            {
                "case open --terminal t1 --challenge AB12 --way-out offline_code --applicant-name Wang --applicant-phone 138 --id-number 110 --note @n",
                "POST",
                "cases",
                """{"terminalId":"t1","challenge":"AB12","wayOut":"offline_code","applicant":{"name":"Wang","phone":"138","idNumber":"110"},"note":"@n"}"""
            },
            { "case list", "GET", "cases", null },
            { "case list --state open", "GET", "cases?state=open", null },
            { "case show c1", "GET", "cases/c1", null },
            {
                "case decide c1 --approve --reason known",
                "POST",
                "cases/c1/decision",
                """{"decision":"approve","reason":"known"}"""
            },
            {
                "case decide c1 --refuse --reason unknown",
                "POST",
                "cases/c1/decision",
                """{"decision":"refuse","reason":"unknown"}"""
            },
            {
                "case code c1 --challenge AB12",
                "POST",
                "cases/c1/offline-code",
                """{"challenge":"AB12"}"""
            },
            { "order list t1", "GET", "terminals/t1/orders", null },
            { "order export t1 --out orders.json", "GET", "terminals/t1/orders?format=jws", null },
            { "audit verify", "GET", "audit/verify", null },
        };

    [Theory]
    [MemberData(nameof(Commands))]
    [MemberData(nameof(RepairRequests.All), MemberType = typeof(RepairRequests))]
    public async Task A_command_becomes_exactly_one_request(
        string line,
        string method,
        string path,
        string? body
    )
    {
        using var place = new Place();
        await using var server = await TestServer.AnsweringAsync(Answer);

        var outcome = await place.RunAsync(server, line.Split(' '));

        Assert.Equal("", outcome.Error);
        Assert.Equal(0, outcome.ExitCode);
        var request = Assert.Single(server.Requests);
        Assert.Equal($"{method} /api/v1/{path}", $"{request.Method} {request.Path}");
        Assert.Equal($"Bearer {Place.Key}", request.Authorization);
        Assert.Equal(method == "POST", request.IdempotencyKey is { Length: > 16 });
        Assert.True(SameJson(body, request.Body), request.Body);
    }

    [Fact]
    public async Task A_document_is_sent_as_its_bytes()
    {
        using var place = new Place();
        place.Write("licence.jpg", "a picture");
        await using var server = await TestServer.StartAsync(context =>
        {
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        });

        var outcome = await place.RunAsync(
            server,
            "case",
            "attach",
            "c1",
            "--kind",
            "business_licence",
            "--file",
            "licence.jpg"
        );

        Assert.Equal("business_licence is attached to case c1.\n", outcome.Output);
        Assert.Equal(0, outcome.ExitCode);
        var request = Assert.Single(server.Requests);
        Assert.Equal(
            "PUT /api/v1/cases/c1/documents/business_licence",
            $"{request.Method} {request.Path}"
        );
        Assert.Equal("application/octet-stream", request.ContentType);
        Assert.Equal("a picture", request.Body);
    }

    [Fact]
    public async Task The_environment_can_name_server_ca_and_key()
    {
        using var place = new Place();
        await using var server = await TestServer.AnsweringAsync(Answer);

        var outcome = await place.RunAsync(
            ["key", "list"],
            ("TILLKEEPER_SERVER", server.Url),
            ("TILLKEEPER_CA", "ca.crt"),
            ("TILLKEEPER_KEY_FILE", "key")
        );

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal($"Bearer {Place.Key}", Assert.Single(server.Requests).Authorization);
    }

    private static bool SameJson(string? expected, string actual) =>
        expected is null
            ? actual.Length == 0
            : JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual));
}
