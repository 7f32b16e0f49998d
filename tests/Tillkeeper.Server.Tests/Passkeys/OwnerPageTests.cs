using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Passkeys;

/// <summary>The owner's page and its files.</summary>
public sealed partial class OwnerPageTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("/owner", "zh-CN", "zh-Hans")]
    [InlineData("/owner", "en-GB", "en")]
    [InlineData("/owner?lang=zh", "en", "zh-Hans")]
    public async Task The_page_comes_in_the_language_asked_for_and_lets_nothing_else_in(
        string url,
        string browser,
        string language
    )
    {
        using var nobody = server.Client(server.People);
        nobody.DefaultRequestHeaders.AcceptLanguage.ParseAdd(browser);
        using var answer = await nobody.GetAsync(url);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        foreach (Match file in Linked().Matches(html))
        {
            using var linked = await nobody.GetAsync(file.Groups["url"].Value);
            Assert.Equal(HttpStatusCode.OK, linked.StatusCode);
        }
    }

    [Fact]
    public async Task Both_languages_have_the_same_texts_and_every_text_the_page_names()
    {
        using var nobody = server.Client(server.People);
        async Task<string[]> Keys(string language) =>
            [
                .. JsonDocument
                    .Parse(await nobody.GetStringAsync($"/owner/owner.{language}.json"))
                    .RootElement.EnumerateObject()
                    .Select(text => text.Name),
            ];
        var keys = await Keys("en");
        Assert.Equal(keys, await Keys("zh"));
        var named = Named().Matches(await nobody.GetStringAsync("/owner"));
        Assert.NotEmpty(named);
        Assert.Subset(
            keys.ToHashSet(StringComparer.Ordinal),
            named.Select(m => m.Groups["key"].Value).ToHashSet(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("/owner/owner.html")]
    [InlineData("/owner/none.js")]
    [InlineData("/owner/..%2fowner.js")]
    public async Task There_is_no_other_file(string url)
    {
        using var nobody = server.Client(server.People);
        using var answer = await nobody.GetAsync(url);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_terminals_door_has_no_such_page()
    {
        using var nobody = server.Client(server.Terminals);
        foreach (var url in new[] { "/owner", "/owner/owner.js" })
        {
            using var answer = await nobody.GetAsync(url);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [GeneratedRegex(
        "(href|src)=\"(?<url>/owner/[^\"]+)\"",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Linked();

    [GeneratedRegex(
        "data-text=\"(?<key>[^\"]+)\"",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Named();
}
