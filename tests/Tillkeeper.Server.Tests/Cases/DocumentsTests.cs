using System.Text;
using Tillkeeper.Core.Cases;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Cases;

public sealed class DocumentsTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Card = "/documents/identity_card";

    [Fact]
    public async Task What_is_attached_is_no_longer_missing_and_comes_back_byte_for_byte()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();
        // A paper of its own: one that another case holds too would be told.
        byte[] paper = [.. Samples.Pdf, .. Encoding.ASCII.GetBytes(id)];
        (await shop.Agent.Put(Shop.PathOf(id, Card), paper)).Expect(204);

        var seen = (await shop.Merchant.Get(Shop.PathOf(id))).Expect(200);
        var document = Assert.Single(seen.Json.GetProperty("documents").EnumerateArray());
        Assert.Equal("identity_card", document.GetProperty("kind").GetString());
        Assert.Equal(paper.Length, document.GetProperty("bytes").GetInt64());
        Assert.Equal(1, seen.Json.GetProperty("missing").GetArrayLength());
        var path = Shop.PathOf(id, $"/documents/{document.GetProperty("id").GetString()}");

        using var response = await shop.Helpdesk.Client.GetAsync(path);

        Assert.Equal(paper, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/pdf", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        var after = (await shop.Helpdesk.Get(Shop.PathOf(id))).Expect(200);
        Assert.Equal(
            ["case.opened.v1", "case.document_attached.v1", "case.document_read.v1"],
            after
                .Json.GetProperty("timeline")
                .EnumerateArray()
                .Select(e => e.GetProperty("type").GetString())
        );
    }

    [Fact]
    public async Task Only_who_may_decide_reads_documents_and_only_of_their_own_case()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();
        var (other, _) = await shop.Case();
        (await shop.Merchant.Put(Shop.PathOf(id, Card), Samples.Png)).Expect(204);
        var seen = (await shop.Merchant.Get(Shop.PathOf(id))).Expect(200);
        var document = seen.Json.GetProperty("documents")[0].GetProperty("id").GetString();

        (await shop.Merchant.Get(Shop.PathOf(id, $"/documents/{document}"))).Refuses(
            403,
            "forbidden"
        );
        (await shop.Helpdesk.Get(Shop.PathOf(other, $"/documents/{document}"))).Refuses(
            404,
            "not_found"
        );
        (await shop.Helpdesk.Get(Shop.PathOf(id, "/documents/nothing"))).Refuses(404, "not_found");
    }

    [Fact]
    public async Task The_same_kind_again_shows_the_newest()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();
        (await shop.Merchant.Put(Shop.PathOf(id, Card), Samples.Png)).Expect(204);
        (await shop.Merchant.Put(Shop.PathOf(id, Card), Samples.Pdf)).Expect(204);

        var seen = (await shop.Merchant.Get(Shop.PathOf(id))).Expect(200);

        var shown = Assert.Single(seen.Json.GetProperty("documents").EnumerateArray());
        Assert.Equal(Samples.Pdf.Length, shown.GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task Content_is_judged_by_its_bytes()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();
        ByteArrayContent page = new("<html><script>"u8.ToArray());
        page.Headers.ContentType = new("image/jpeg");

        (await shop.Merchant.Put(Shop.PathOf(id, Card), page)).Refuses(415, "unsupported_type");
        (await shop.Merchant.Put(Shop.PathOf(id, Card), [])).Refuses(422, "invalid", "body");
        (await shop.Merchant.Put(Shop.PathOf(id, "/documents/selfie"), Samples.Jpeg)).Refuses(
            422,
            "invalid",
            "kind"
        );
    }

    [Fact]
    public async Task Ten_mebibytes_are_taken_and_one_byte_more_is_not()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();
        var most = new byte[Upload.MostBytes];
        Samples.Jpeg.CopyTo(most, 0);
        byte[] more = [.. most, 0];

        (await shop.Merchant.Put(Shop.PathOf(id, Card), most)).Expect(204);
        (await shop.Merchant.Put(Shop.PathOf(id, Card), more)).Refuses(413, "too_large");
        // Without a length in front the server must notice while it reads.
        using MemoryStream unannounced = new(more);
        (await shop.Merchant.Put(Shop.PathOf(id, Card), new Unannounced(unannounced))).Refuses(
            413,
            "too_large"
        );
    }

    [Fact]
    public async Task State_and_permission_are_told_before_the_content_is_looked_at()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();
        var auditor = await server.Person("auditor");

        (await auditor.Put(Shop.PathOf(id, Card), [])).Refuses(403, "forbidden");
        (await shop.Merchant.Put(Shop.PathOf("0000000000", Card), [])).Refuses(404, "not_found");
        (await shop.Helpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Refuse)).Expect(200);
        (await shop.Merchant.Put(Shop.PathOf(id, "/documents/selfie"), [])).Refuses(
            409,
            "case_closed"
        );
    }

    [Fact]
    public async Task A_case_holds_no_endless_number_of_documents()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();

        for (var i = 0; i < CaseState.MostDocuments; i++)
        {
            (await shop.Merchant.Put(Shop.PathOf(id, Card), Samples.Jpeg)).Expect(204);
        }

        (await shop.Merchant.Put(Shop.PathOf(id, Card), Samples.Jpeg)).Refuses(
            409,
            "documents_used_up"
        );
    }

    private sealed class Unannounced(Stream content) : StreamContent(content)
    {
        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
