using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Server.Repairs;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Secrets;

namespace Tillkeeper.Server.Tests.Repairs;

/// <summary>W5: the guided diagnosis, for a shop in its own language.</summary>
public sealed class DiagnosisTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Before_a_step_that_touches_the_case_comes_the_warning_in_both_languages()
    {
        using var terminal = await EnrolAsync();
        await terminal.Report(ShopRepairs.Tested(server.Clock.GetUtcNow(), PartStatus.Failed));
        var at = $"/api/v1/terminals/{terminal.Id}/diagnosis?part=battery&answers=no,no,no";

        var warned = (await AskAsync(at, "zh-CN")).Expect(200).Json;

        var step = warned.GetProperty("step");
        Assert.Equal("warning", step.GetProperty("kind").GetString());
        Assert.Contains(
            "请勿自行拆机",
            step.GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal("failed", warned.GetProperty("selfTest")[0].GetProperty("status").GetString());
        Assert.Equal(
            "not_on_record",
            warned.GetProperty("warranty").GetProperty("ground").GetString()
        );
        step = (await AskAsync(at, "en")).Json.GetProperty("step");
        Assert.Contains(
            "Do not take the terminal apart",
            step.GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
        step = (await AskAsync($"{at},understood,no", "en")).Json.GetProperty("step");
        Assert.Equal("repair", step.GetProperty("outcome").GetString());
        step = (await AskAsync($"{at},leave_it", "en")).Json.GetProperty("step");
        Assert.Equal("repair", step.GetProperty("outcome").GetString());
        (await AskAsync($"{at},no", "en")).Refuses(422, "invalid", "answers");
    }

    [Fact]
    public async Task A_model_with_a_tree_of_its_own_gets_that_and_others_the_common_one()
    {
        using var terminal = await EnrolAsync();
        var at = $"/api/v1/terminals/{terminal.Id}";
        Assert.Equal(
            "printer",
            (await server.Admin.Get($"{at}/diagnosis?part=printer")).Expect(200).Text("tree")
        );
        var shown = (await server.Admin.Get(at)).Expect(200);
        var profile = new { merchantId = shown.Text("merchantId"), model = "ICT250" };
        (
            await server.Admin.PutJson(
                $"/api/v1/terminals/by-serial/{shown.Text("serial")}",
                profile
            )
        ).Expect(200);
        Assert.Equal(
            "printer-ict250",
            (await server.Admin.Get($"{at}/diagnosis?part=printer")).Expect(200).Text("tree")
        );
        (await server.Admin.Get($"{at}/diagnosis?part=warp_drive")).Refuses(404, "not_found");
        var parts = (await server.Admin.Get($"{at}/diagnosis")).Expect(200).Json;
        Assert.Equal(5, parts.GetProperty("parts").GetArrayLength());
    }

    [Fact]
    public async Task A_folder_of_the_operators_own_with_a_mistake_is_refused_by_name()
    {
        using TempFolder folder = new();
        await File.WriteAllTextAsync(folder.File("x.json"), """{"name":"x","nodez":{}}""");
        var said = Assert.Throws<FormatException>(() => DiagnosisLibrary.Load(folder.Path));
        Assert.Contains("x.json", said.Message, StringComparison.Ordinal);
    }

    private async Task<Answer> AskAsync(string path, string language)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Add("Accept-Language", language);
        return await server.Admin.Client.Ask(request);
    }

    private async Task<DoorTerminal> EnrolAsync() =>
        await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));
}
