using Tillkeeper.Server.Cases;

namespace Tillkeeper.Server.Tests.Cases;

public sealed class DocumentTypeTests
{
    public static TheoryData<string, byte[]> Accepted { get; } =
        new()
        {
            { "image/jpeg", Samples.Jpeg },
            { "image/png", Samples.Png },
            { "image/webp", Samples.WebP },
            { "image/heic", Samples.Heic },
            { "application/pdf", Samples.Pdf },
        };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Photos_and_scans_are_known_by_their_first_bytes(string type, byte[] content) =>
        Assert.Equal(type, DocumentType.Of(content));

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_file_cut_within_its_signature_is_nothing(string type, byte[] content)
    {
        Assert.Equal(type, DocumentType.Of(content));
        Assert.Null(DocumentType.Of(content.AsSpan(0, 2)));
        Assert.Null(DocumentType.Of([0, .. content]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("GIF89a......")]
    [InlineData("PK\u0003\u0004........")]
    [InlineData("RIFF....WAVEfmt ")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    public void Everything_else_is_refused(string content) =>
        Assert.Null(DocumentType.Of(System.Text.Encoding.Latin1.GetBytes(content)));

    [Fact]
    public void A_heif_that_is_no_hevc_still_is_refused()
    {
        byte[] avif = [0, 0, 0, 20, .. "ftypavif"u8, 0, 0, 0, 0, .. "mif1"u8];
        byte[] lying = [0xFF, 0xFF, 0xFF, 0xFF, .. "ftypheic"u8];

        Assert.Null(DocumentType.Of(avif));
        Assert.Null(DocumentType.Of(lying));
    }
}
