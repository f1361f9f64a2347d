using System.Xml.Linq;

namespace Inkling.Architecture.Tests;

/// <summary>Projects are floors: references point down only (ARCHITECTURE.md).</summary>
public sealed class FloorTests
{
    // What each project may reference. A new project takes its place here.
    private static readonly Dictionary<string, string[]> Below = new()
    {
        ["Inkling.Numerics"] = [],
        ["Inkling.Autograd"] = ["Inkling.Numerics"],
        ["Inkling.Text"] = ["Inkling.Numerics"],
        ["Inkling.Tuning"] = [],
        ["Inkling.Tuning.Sqlite"] = ["Inkling.Tuning"],
        ["Inkling.Tuning.Postgres"] = ["Inkling.Tuning"],
        ["Inkling.Vectors"] = ["Inkling.Text", "Inkling.Numerics"],
        ["Inkling.Vectors.Data"] = ["Inkling.Vectors"],
        ["Inkling.Vectors.Postgres"] = ["Inkling.Vectors"],
        ["Inkling.Nn"] = ["Inkling.Autograd", "Inkling.Numerics"],
        ["Inkling.Training"] = ["Inkling.Nn", "Inkling.Autograd", "Inkling.Numerics"],
        ["Inkling.Onnx"] = ["Inkling.Nn", "Inkling.Autograd", "Inkling.Numerics"],
        ["Inkling.Playground"] = ["Inkling.Language", "Inkling.Text", "Inkling.Training", "Inkling.Onnx", "Inkling.Nn", "Inkling.Autograd", "Inkling.Numerics"],
        ["Inkling.Language"] = ["Inkling.Text", "Inkling.Training", "Inkling.Nn", "Inkling.Autograd", "Inkling.Numerics"],
        ["Inkling.Mail"] = ["Inkling.Language", "Inkling.Vectors", "Inkling.Text", "Inkling.Training", "Inkling.Nn", "Inkling.Autograd", "Inkling.Numerics"],
        ["Inkling.Mail.Postgres"] = ["Inkling.Mail", "Inkling.Vectors.Postgres"],
        ["Inkling.Language.Extensions.AI"] = ["Inkling.Language"],
        ["Inkling.Language.OnnxRuntime"] = ["Inkling.Language"],
    };

    // Everything else depends on nothing but .NET; each package here has an ADR.
    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Inkling.Mail"] = ["MimeKit"],
        ["Inkling.Mail.Postgres"] = ["Npgsql", "Pgvector"],
        ["Inkling.Tuning.Sqlite"] = ["Microsoft.Data.Sqlite"],
        ["Inkling.Tuning.Postgres"] = ["Npgsql"],
        ["Inkling.Language.Extensions.AI"] = ["Microsoft.Extensions.AI.Abstractions"],
        ["Inkling.Language.OnnxRuntime"] = ["Microsoft.ML.OnnxRuntime"],
        ["Inkling.Vectors.Data"] = ["Microsoft.Extensions.VectorData.Abstractions"],
        ["Inkling.Vectors.Postgres"] = ["Npgsql", "Pgvector"],
        ["Inkling.App"] = ["System.CommandLine", "Spectre.Console", "Microsoft.AspNetCore.OpenApi"],
    };

    public static TheoryData<string> SourceProjects => [.. Repository.Projects("src").Select(path => Path.GetFileNameWithoutExtension(path)!)];

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void A_floor_references_only_floors_below(string project)
    {
        Assert.True(Below.TryGetValue(project, out string[]? allowed), $"{project} has no place among the floors: add it to {nameof(FloorTests)}.{nameof(Below)} and ARCHITECTURE.md.");
        Assert.Empty(References(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Except(allowed));
    }

    [Fact]
    public void Packages_are_few_and_each_has_a_record()
    {
        IEnumerable<string> projects = Repository.Projects("src").Concat(Repository.Projects("apps"));
        foreach (string project in projects.Select(path => Path.GetFileNameWithoutExtension(path)!))
        {
            string[] used = [.. References(project, "PackageReference")];
            Assert.Empty(used.Except(Packages.GetValueOrDefault(project, [])));
            string records = string.Concat(Repository.Sources("docs/adr", "*.md").Select(Repository.Read));
            Assert.All(used, package => Assert.Contains(package, records, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Nothing_below_the_app_knows_the_app_or_the_web()
    {
        foreach (string project in Repository.Projects("src"))
        {
            string text = File.ReadAllText(project);
            Assert.DoesNotContain("apps/", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Microsoft.AspNetCore", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Sdk.Web", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Unsafe_code_lives_on_the_ground_floor_only()
    {
        IEnumerable<string> allowing = Repository.Projects("src").Where(path => File.ReadAllText(path).Contains("AllowUnsafeBlocks", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path)!);
        Assert.Equal(["Inkling.Numerics"], allowing);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = Repository.Read("Inkling.slnx");
        foreach (string folder in (string[])["src", "apps", "tests", "bench", "samples"])
        {
            if (!Directory.Exists(Path.Combine(Repository.Root, folder)))
            {
                continue;
            }

            Assert.All(Repository.Projects(folder).Where(path => !path.Contains("/obj/", StringComparison.Ordinal)),
                path => Assert.Contains(Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), solution, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<string> References(string project, string kind)
    {
        string path = Repository.Projects(".").Single(file => Path.GetFileNameWithoutExtension(file) == project);
        return XDocument.Load(path).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));
    }
}
