using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Cases;

public sealed class SecrecyTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Neither_applicant_nor_documents_can_be_read_in_the_files_of_the_server()
    {
        var shop = await Shop.Open(server);
        var lockId = await shop.Terminal.Lock(Cause.WrongPassword);
        var applicant = new
        {
            name = "欧阳娜娜",
            phone = "+86 177 1234 0987",
            idNumber = "11010519491231002X",
        };
        var opened = await shop.Merchant.Post(
            "/api/v1/cases",
            shop.Request(lockId, "password_reset", applicant: applicant, note: "found-by-search")
        );
        var id = opened.Expect(201).Text("id");
        var photo = Samples.JpegWith("the face of the applicant");
        (await shop.Merchant.Put(Shop.PathOf(id, "/documents/identity_card"), photo)).Expect(204);

        // What the log may hold is found by the same search, or the search would prove nothing.
        Assert.True(DatabaseText.Contains(server, "found-by-search"));
        Assert.False(DatabaseText.Contains(server, "欧阳娜娜"));
        Assert.False(DatabaseText.Contains(server, "17712340987"));
        Assert.False(DatabaseText.Contains(server, "177 1234 0987"));
        Assert.False(DatabaseText.Contains(server, "11010519491231002X"));
        Assert.False(DatabaseText.Contains(server, "the face of the applicant"));
        Assert.False(DatabaseText.Contains(server, Samples.Jpeg));
        var seen = (await shop.Helpdesk.Get(Shop.PathOf(id))).Expect(200);
        Assert.True(seen.Json.GetProperty("applicant").GetProperty("hasIdNumber").GetBoolean());
    }
}
