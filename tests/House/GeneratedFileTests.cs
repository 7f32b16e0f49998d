using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.House;

public sealed class GeneratedFileTests
{
    [Fact]
    public void The_reference_of_policy_files_says_what_the_code_says() =>
        GeneratedFile.Check(PolicyReference.Write(), "docs", "reference", "policy.md");

    [Fact]
    public void The_page_of_causes_says_what_the_tables_say() =>
        GeneratedFile.Check(CausesDocument.Write(), "docs", "concepts", "causes.md");

    [Fact]
    public void Every_section_of_a_policy_and_every_cause_says_what_it_is_for()
    {
        Assert.All(
            PolicySections.All,
            s => Assert.NotEqual("", DocComments.Of(PolicyKeys.ShapeOf(s).Type))
        );
        Assert.All(Enum.GetValues<Cause>(), c => Assert.NotEqual("", DocComments.Of(c)));
    }
}
