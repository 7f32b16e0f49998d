using System.Buffers.Text;
using System.Text;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Core.Tests.Orders;

/// <summary>What is taken for a JWS, and what is not (RFC 7515, RFC 8725).</summary>
public sealed class JwsTests
{
    private const string Header = """{"alg":"ES256","kid":"test-1","typ":"t"}""";
    private static readonly byte[] Payload = """{"a":1}"""u8.ToArray();

    [Fact]
    public void A_signed_text_opens_and_verifies()
    {
        var jws = Jws.Parse(TestKeys.Sign("t", Payload));
        Assert.NotNull(jws);
        Assert.Equal(("test-1", "t"), (jws.Kid, jws.Typ));
        Assert.Equal(Payload, jws.Payload);
        Assert.True(jws.IsSignedBy(TestKeys.Orders));
        Assert.False(jws.IsSignedBy(TestKeys.Stranger));
    }

    [Fact]
    public void The_header_written_is_the_header_accepted() =>
        Assert.Equal(
            Header,
            Encoding.UTF8.GetString(
                Base64Url.DecodeFromUtf8(Jws.InputFor("test-1", "t", Payload).AsSpan(0, 54))
            )
        );

    [Theory]
    [InlineData("""{"alg":"none","kid":"test-1","typ":"t"}""")]
    [InlineData("""{"alg":"HS256","kid":"test-1","typ":"t"}""")]
    [InlineData("""{"alg":"es256","kid":"test-1","typ":"t"}""")]
    [InlineData("""{"alg":"ES384","kid":"test-1","typ":"t"}""")]
    [InlineData("""{"alg":["ES256"],"kid":"test-1","typ":"t"}""")]
    [InlineData("""{"alg":"ES256","kid":"test-1","typ":"t","crit":["exp"]}""")]
    [InlineData("""{"alg":"ES256","kid":"test-1","typ":"t","jwk":{}}""")]
    [InlineData("""{"alg":"ES256","kid":"test-1","kid":"test-1","typ":"t"}""")]
    [InlineData("""{"alg":"ES256","alg":"ES256","typ":"t"}""")]
    [InlineData("""{"alg":"ES256","kid":"test-1"}""")]
    [InlineData("""{"alg":"ES256","kid":1,"typ":"t"}""")]
    [InlineData("""{"alg":"ES256","kid":"test-1","typ":null}""")]
    [InlineData("""{"alg":"ES256","kid":"\ud800","typ":"t"}""")]
    [InlineData("""["ES256","test-1","t"]""")]
    [InlineData("""{"alg":"ES256","kid":"test-1","typ":"t"} x""")]
    [InlineData("null")]
    [InlineData("")]
    public void Any_other_header_is_refused_even_when_it_is_properly_signed(string header) =>
        Assert.Null(Jws.Parse(TestKeys.SignRaw(header, Payload)));

    [Fact]
    public void Names_in_the_header_have_a_longest_length()
    {
        var kid = new string('k', 64);
        Assert.NotNull(Jws.Parse(TestKeys.Sign("t", Payload, kid: kid)));
        Assert.Null(Jws.Parse(TestKeys.Sign("t", Payload, kid: kid + "k")));
        Assert.Null(Jws.Parse(TestKeys.Sign(kid + "t", Payload)));
    }

    [Fact]
    public void A_header_that_is_not_UTF8_is_refused()
    {
        byte[] header = [.. "{\"alg\":\"ES256\",\"kid\":\""u8, 0xFF, .. "\",\"typ\":\"t\"}"u8];
        var text = Base64Url.EncodeToString(header) + "." + Base64Url.EncodeToString(Payload);
        Assert.Null(Jws.Parse(TestKeys.SignInput(Encoding.ASCII.GetBytes(text), TestKeys.Orders)));
    }

    [Fact]
    public void One_meaning_has_one_text()
    {
        var text = TestKeys.Sign("t", Payload);
        var parts = text.Split('.');
        string[] others =
        [
            text + "=",
            $"{parts[0]}=.{parts[1]}.{parts[2]}",
            $"{parts[0]}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}",
            text + ".",
            text + "." + parts[2],
            " " + text,
            text + "\n",
            text.Replace('.', ','),
            $"{parts[0]}.{parts[1]}.{parts[2][..^1]}",
            $"{parts[0]}.{parts[1]}.{StrayBits(parts[2])}",
            $"{parts[0]}.{parts[1][..3]} {parts[1][3..]}.{parts[2]}",
            $"{parts[0]}.{parts[1].Insert(2, "+")}.{parts[2]}",
        ];
        Assert.All(others, other => Assert.Null(Jws.Parse(other)));
    }

    /// <summary>The last of 86 characters carries four bits; the other two must be zero.</summary>
    private static string StrayBits(string signature)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var last = alphabet.IndexOf(signature[^1], StringComparison.Ordinal);
        return signature[..^1] + alphabet[last | 1];
    }

    [Fact]
    public void A_text_of_any_other_kind_is_no_JWS()
    {
        Assert.Null(Jws.Parse(null));
        Assert.Null(Jws.Parse(""));
        Assert.Null(Jws.Parse(".."));
        Assert.Null(Jws.Parse("a.b.c"));
        Assert.Null(Jws.Parse(new string('.', 1000)));
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused_unread()
    {
        Assert.NotNull(Jws.Parse(TestKeys.Sign("t", new byte[30_000])));
        Assert.Null(Jws.Parse(TestKeys.Sign("t", new byte[Jws.LongestText])));
    }

    [Fact]
    public void Every_altered_character_breaks_the_signature_or_the_form()
    {
        var text = TestKeys.Sign("t", Payload);
        for (var i = 0; i < text.Length; i++)
        {
            var altered = text.ToCharArray();
            altered[i] = altered[i] == 'A' ? 'B' : 'A';
            Assert.False(Jws.Parse(new string(altered))?.IsSignedBy(TestKeys.Orders) ?? false);
        }
    }
}
