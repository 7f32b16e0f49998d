using System.Text.Json;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Tests.Serialization;

public sealed class WordsTests
{
    [Fact]
    public void Every_value_of_the_vocabulary_has_a_word_that_leads_back_to_it()
    {
        Check<Cause>();
        Check<WayOut>();
        Check<Capability>();
        Check<LockStatus>();
        Check<LockOwner>();
        Check<Severity>();

        static void Check<T>()
            where T : struct, Enum =>
            Assert.All(
                Enum.GetValues<T>(),
                value =>
                {
                    Assert.Matches("^[a-z]+(_[a-z]+)*$", Words.Of(value));
                    Assert.True(Words.TryParse<T>(Words.Of(value), out var back));
                    Assert.Equal(value, back);
                }
            );
    }

    [Theory]
    [InlineData("CustomerPin")]
    [InlineData("CUSTOMER_PIN")]
    [InlineData("customer_pin ")]
    [InlineData("customer_pin,away")]
    [InlineData("1")]
    [InlineData("")]
    [InlineData(null)]
    public void Nothing_else_is_a_word(string? word)
    {
        Assert.False(Words.TryParse<Cause>(word, out _));
        Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize(JsonSerializer.Serialize(word), CoreJson.Default.Cause)
        );
    }

    [Fact]
    public void A_number_is_no_word()
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("1", CoreJson.Default.Cause));
        Assert.ThrowsAny<Exception>(() =>
            JsonSerializer.Serialize((Cause)99, CoreJson.Default.Cause)
        );
    }

    [Fact]
    public void All_words_are_offered_in_their_order() =>
        Assert.Equal("server, terminal", Words.All<LockOwner>());
}
