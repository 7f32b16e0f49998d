using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys.Screen;

/// <summary>The lock screen on a display of characters, beside a real agent.</summary>
public sealed partial class LockScreenTests
{
    [Theory]
    [InlineData("en", 40, 8, "The provider has locked", "Sign in to start")]
    [InlineData("zh", 20, 4, "服务商已锁定本终端", "登录后开始收款")]
    public async Task A_display_of_characters_leads_through_the_same_release_and_hides_passcodes(
        string language,
        int columns,
        int rows,
        string title,
        string ready
    )
    {
        var lockId = await shop.LockFromAfar();
        await using var display = new TextTerminal(shop.Agent.Listen, language, columns, rows);
        var first = await display.Until(title);
        Assert.Contains("E09", first, StringComparison.Ordinal);
        Assert.Equal(rows, first.Split("\r\n").Length);

        using var asked = await shop.Agent.Local.GetAsync($"/local/v1/locks/{lockId}/challenge");
        var challenge = System
            .Text.Json.JsonDocument.Parse(await asked.Content.ReadAsStringAsync())
            .RootElement.GetProperty("challenge")
            .GetString()!;
        var code = await shop.CodeFor(challenge);
        // The same challenge as everywhere: it is read out page by page.
        await display.Press("3");
        await display.Until("400-000-0000");
        await display.Press("#");
        await display.Until(challenge.Replace("-", "", StringComparison.Ordinal)[..4]);
        await display.Press("1");
        await display.Until("> _");
        await display.Press(code);
        await display.Until($"> {code}_");
        await display.Press("\r");
        await display.Until(ready);

        await display.Press("1");
        await display.Until("> _");
        await display.Press("boss\r");
        await display.Until("> _");
        await display.Press(RunningAgent.ManagerPasscode);
        await display.Until($"> {new string('*', RunningAgent.ManagerPasscode.Length)}_");
        await display.Press("\r");
        await display.Until(language == "zh" ? "一切正常" : "Everything is in order");
        Assert.DoesNotContain(RunningAgent.ManagerPasscode, display.All, StringComparison.Ordinal);
        await display.Press("93");
        await display.Until(ready);
    }
}
