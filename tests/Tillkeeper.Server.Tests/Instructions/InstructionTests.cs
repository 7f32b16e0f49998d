using Tillkeeper.Server.Instructions;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Secrets;

namespace Tillkeeper.Server.Tests.Instructions;

public sealed class InstructionTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Head = "---\ntitle: T\nbrand: B\nmodels: M1, M2\ncauses: tamper\n---\n";

    [Fact]
    public void Every_file_that_is_shipped_says_it_in_both_languages_with_full_width_punctuation()
    {
        var all = InstructionFiles.Load(InstructionFiles.Shipped).All;
        Assert.Equal(
            ["ingenico/ict250", "pax/a920", "verifone/v200c"],
            all.Select(i => i.Id).Order(StringComparer.Ordinal)
        );
        Assert.All(
            all,
            i =>
            {
                Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", i.Title.Zh);
                Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}[,;:(]", i.Text.Zh);
                Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", i.Text.En);
                Assert.Equal(Steps(i.Text.En), Steps(i.Text.Zh));
                Assert.True(Steps(i.Text.En) >= 3);
            }
        );

        static int Steps(string text) =>
            text.Split('\n').Count(line => line.Length > 1 && char.IsAsciiDigit(line[0]));
    }

    [Fact]
    public async Task The_right_one_is_found_by_brand_model_system_and_cause()
    {
        Assert.Equal(["pax/a920"], await Ids("?model=a920&cause=wrong_password"));
        Assert.Equal(["verifone/v200c"], await Ids("?brand=Verifone&paymentSystem=unionpay"));
        Assert.Empty(await Ids("?model=A920&cause=tamper"));
        Assert.Empty(await Ids("?brand=PAX&model=V200c"));
        Assert.Equal(3, (await Ids("")).Length);

        async Task<string[]> Ids(string query) =>
            [
                .. (await server.Admin.Get($"/api/v1/instructions{query}"))
                    .Expect(200)
                    .Json.GetProperty("items")
                    .EnumerateArray()
                    .Select(i => i.GetProperty("id").GetString()!),
            ];
    }

    [Fact]
    public void A_file_that_is_wrong_is_named_with_what_would_be_right()
    {
        using TempFolder folder = new();
        var (en, zh) = (Path.Combine(folder.Path, "m.en.md"), Path.Combine(folder.Path, "m.zh.md"));
        File.WriteAllText(en, Head + "1. Do.");
        Wrong("m.zh.md: is missing");
        File.WriteAllText(zh, "1. Do.");
        Wrong("m.zh.md:1: begin with a head");
        File.WriteAllText(zh, "---\nmodels\n---\n");
        Wrong("m.zh.md:2: write 'name: value'");
        File.WriteAllText(zh, "---\nbrand: B\n---\n");
        Wrong("its head lacks 'title'");
        File.WriteAllText(zh, Head + "1. Do.");
        var read = Assert.Single(InstructionFiles.Load(folder.Path).All);
        Assert.True(read.Fits("b", "m2", "anything", "tamper"));
        Assert.False(read.Fits(null, "M3", null, null));

        void Wrong(string message) =>
            Assert.Contains(
                message,
                Assert
                    .Throws<InvalidDataException>(() => InstructionFiles.Load(folder.Path))
                    .Message,
                StringComparison.Ordinal
            );
    }
}
