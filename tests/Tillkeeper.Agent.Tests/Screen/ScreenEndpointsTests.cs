using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Tillkeeper.Agent.Screen;

namespace Tillkeeper.Agent.Tests.Screen;

public sealed partial class ScreenEndpointsTests : IAsyncLifetime
{
    private readonly WebApplication _app = Build();
    private readonly HttpClient _client = new();

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/screen/screen.css", "text/css")]
    [InlineData("/screen/screen.js", "text/javascript")]
    [InlineData("/screen/screen.en.json", "application/json")]
    [InlineData("/screen/screen.zh.json", "application/json")]
    public async Task Every_file_is_served_as_what_it_is_and_trusts_nothing_else(
        string path,
        string type
    )
    {
        using var answer = await _client.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith(
            "default-src 'none'; script-src 'self';",
            policy,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/", "zh-CN,zh;q=0.9", "zh-Hans")]
    [InlineData("/", "en-GB", "en")]
    [InlineData("/", null, "en")]
    [InlineData("/?lang=zh", "en", "zh-Hans")]
    [InlineData("/?lang=en", "zh", "en")]
    [InlineData("/?lang=%22%3E", "zh", "en")]
    public async Task The_page_says_which_language_it_is_in(
        string path,
        string? wanted,
        string language
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Language", wanted);
        using var answer = await _client.SendAsync(request);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.Equal(language, answer.Content.Headers.ContentLanguage.Single());
    }

    [Fact]
    public async Task Whatever_the_page_names_is_there_and_nothing_in_it_is_inline()
    {
        var scripts = ScreenFiles.Scripts.Values.SelectMany(s => Imports().Matches(s));
        var named = References()
            .Matches(ScreenFiles.Html)
            .Select(m => m.Groups["path"].Value)
            .Concat(scripts.Select(m => $"/screen/{m.Groups["file"].Value}"))
            .Distinct(StringComparer.Ordinal);
        foreach (var path in named)
        {
            using var answer = await _client.GetAsync(path);
            Assert.True(answer.IsSuccessStatusCode, path);
        }
        Assert.DoesNotMatch(
            @"<style|\sstyle=|\son\w+=|javascript:|<script[^>]*>[^<]",
            ScreenFiles.Html
        );
        Assert.All(
            ScreenFiles.All.Values,
            file => Assert.DoesNotMatch("https?://|innerHTML|eval\\(", file)
        );
    }

    [Fact]
    public async Task No_other_file_can_be_asked_for()
    {
        foreach (
            var path in (string[])["/screen/", "/screen/index.html", "/screen/..%2fProgram.cs"]
        )
        {
            using var answer = await _client.GetAsync(path);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public void The_page_stays_small_and_keeps_no_passcode()
    {
        Assert.All(
            ScreenFiles.Scripts,
            s => Assert.True(s.Value.Split('\n').Length <= 200, $"{s.Key} is too long")
        );
        var kept = ScreenFiles.Scripts.Values.SelectMany(s => Kept().Matches(s)).ToList();
        Assert.NotEmpty(kept);
        Assert.All(
            kept,
            m => Assert.Contains(m.Groups["what"].Value, (string[])["tokenKey", "key"])
        );
        Assert.All(
            ScreenFiles.Scripts.Values,
            s => Assert.DoesNotMatch("localStorage|indexedDB|document\\.cookie|console\\.", s)
        );
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapScreen();
        return app;
    }

    [GeneratedRegex("(?:href|src)=\"(?<path>/screen/[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex References();

    [GeneratedRegex("from \"\\./(?<file>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Imports();

    [GeneratedRegex(@"sessionStorage\.setItem\((?<what>\w+)", RegexOptions.NonBacktracking)]
    private static partial Regex Kept();
}
