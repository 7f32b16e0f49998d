using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Merchants;

/// <summary><c>/api/v1/merchants</c>.</summary>
public sealed class MerchantTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static object Body(string? kind, string? number, string? name = "Shop") =>
        new
        {
            name,
            identity = new { kind, number },
            contact = new { name = "Zhao Min", phone = "13800138000" },
        };

    [Theory]
    [InlineData("credit_code", "9144030071526726XG")]
    [InlineData("resident_id", "11010519491231002X")]
    [InlineData("other", "HK-1234567")]
    public async Task Each_kind_of_identity_is_taken(string kind, string number) =>
        (await server.Admin.Post("/api/v1/merchants", Body(kind, number))).Expect(201).Text("id");

    [Theory]
    [InlineData("credit_code", "9144030071526726X0", "identity.number")]
    [InlineData("credit_code", "", "identity.number")]
    [InlineData("credit_code", null, "identity.number")]
    [InlineData("resident_id", "110105194912310021", "identity.number")]
    [InlineData("resident_id", "11010530491231002X", "identity.number")]
    [InlineData("passport", "E1234567", "identity.kind")]
    [InlineData(null, "1", "identity.kind")]
    public async Task A_wrong_check_digit_or_kind_is_a_422(
        string? kind,
        string? number,
        string field
    ) =>
        (await server.Admin.Post("/api/v1/merchants", Body(kind, number))).Refuses(
            422,
            "invalid",
            field
        );

    [Fact]
    public async Task A_name_and_a_contact_are_needed()
    {
        var noName = Body("credit_code", "9144030071526726XG", null);
        (await server.Admin.Post("/api/v1/merchants", noName)).Refuses(422, "invalid", "name");
        var noContact = new
        {
            name = "Shop",
            identity = new { kind = "credit_code", number = "9144030071526726XG" },
        };
        (await server.Admin.Post("/api/v1/merchants", noContact)).Refuses(
            422,
            "invalid",
            "contact.name"
        );
        (await server.Admin.Post("/api/v1/merchants", new { name = "Shop" })).Refuses(
            422,
            "invalid",
            "identity.kind"
        );
    }

    [Fact]
    public async Task A_persons_number_is_shown_masked_and_is_nowhere_in_the_log()
    {
        const string number = "11010519491231002X";
        var made = await server.Admin.Post("/api/v1/merchants", Body("resident_id", number));
        var shown = await server.Admin.Get($"/api/v1/merchants/{made.Expect(201).Text("id")}");
        Assert.Equal("110*************2X", shown.Expect(200).Text("identityNumber"));
        var logged = server
            .Services.GetRequiredService<Database>()
            .Read(c =>
                c.ExecuteScalar<long>(
                    "SELECT count(*) FROM events WHERE instr(data, @number) > 0 OR instr(data, 'Zhao Min') > 0 OR instr(data, '13800138000') > 0",
                    new { number }
                )
            );
        Assert.Equal(0, logged);
    }
}
