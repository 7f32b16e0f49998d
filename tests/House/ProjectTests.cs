using System.Xml.Linq;

namespace Tillkeeper.House;

/// <summary>Who may see whom: Core is seen by all and sees nobody; programs do not see each other.</summary>
public sealed class ProjectTests
{
    /// <summary>May see several programs at once.</summary>
    private static readonly string[] Integrators = ["Tillkeeper.Fleet"];

    /// <summary>Seen by programs, sees Core alone.</summary>
    private static readonly string[] Libraries = ["Tillkeeper.PolicyFiles"];

    private static readonly (string Name, XDocument Xml)[] Sources =
    [
        .. Repository
            .Files("src", "*.csproj")
            .Select(file => (Path.GetFileNameWithoutExtension(file), XDocument.Load(file))),
    ];

    private static IEnumerable<string> References(XDocument project) =>
        project
            .Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!));

    private static XDocument Core => Sources.Single(p => p.Name == "Tillkeeper.Core").Xml;

    [Fact]
    public void Core_sees_no_other_project() => Assert.Empty(References(Core));

    [Fact]
    public void Core_needs_no_package_but_analyzers() =>
        Assert.All(
            Core.Descendants("PackageReference"),
            package =>
            {
                Assert.Equal("all", (string?)package.Attribute("PrivateAssets"));
                Assert.Contains(
                    "Analyzers",
                    (string?)package.Attribute("Include"),
                    StringComparison.Ordinal
                );
            }
        );

    [Fact]
    public void Core_keeps_the_list_of_what_purity_forbids() =>
        Assert.Contains(
            Core.Descendants("AdditionalFiles"),
            file => (string?)file.Attribute("Include") == "BannedSymbols.txt"
        );

    [Fact]
    public void Programs_see_Core_and_not_each_other() =>
        Assert.All(
            Sources.Where(p => p.Name != "Tillkeeper.Core" && !Integrators.Contains(p.Name)),
            p =>
                Assert.Equal(
                    ["Tillkeeper.Core"],
                    References(p.Xml)
                        .Where(r => Libraries.Contains(p.Name) || !Libraries.Contains(r))
                )
        );

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = XDocument.Load(Repository.PathTo("Tillkeeper.slnx"));
        Assert.Equal(
            Repository
                .Files("src", "*.csproj")
                .Concat(Repository.Files("tests", "*.csproj"))
                .Select(Repository.Relative)
                .Order(StringComparer.Ordinal),
            solution
                .Descendants("Project")
                .Select(p => (string)p.Attribute("Path")!)
                .Where(p =>
                    p.StartsWith("src", StringComparison.Ordinal)
                    || p.StartsWith("tests", StringComparison.Ordinal)
                )
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Versions_of_packages_stand_in_one_place_and_are_exact()
    {
        var central = XDocument.Load(Repository.PathTo("Directory.Packages.props"));
        Assert.All(
            central.Descendants("PackageVersion"),
            p => Assert.Matches(@"^\[[0-9]+\.[0-9.]+\]$", (string)p.Attribute("Version")!)
        );
        Assert.All(
            Repository.Files("src", "*.csproj").Concat(Repository.Files("tests", "*.csproj")),
            file =>
                Assert.All(
                    XDocument.Load(file).Descendants("PackageReference"),
                    p => Assert.Null(p.Attribute("Version"))
                )
        );
    }
}
