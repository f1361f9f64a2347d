using System.Reflection;
using PublicApiGenerator;

namespace Inkling.Architecture.Tests;

/// <summary>The public surface of every library is a checked-in text: changing it is a decision that shows in the review.</summary>
public sealed class PublicApiTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Inkling.Architecture.Tests", "PublicApi");

    public static TheoryData<string> Libraries => [.. Repository.Projects("src").Select(path => Path.GetFileNameWithoutExtension(path)!)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_surface_is_the_one_that_was_decided(string library)
    {
        string surface = Assembly.Load(library).GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").TrimEnd() + "\n";
        string file = Path.Combine(Folder, library + ".txt");
        if (Environment.GetEnvironmentVariable("INKLING_ACCEPT_API") == "1")
        {
            File.WriteAllText(file, surface);
        }

        string decided = File.Exists(file) ? File.ReadAllText(file) : "";
        Assert.True(decided == surface, $"""
            The public surface of {library} differs from tests/Inkling.Architecture.Tests/PublicApi/{library}.txt:
            {Difference(decided, surface)}
            If that is meant: INKLING_ACCEPT_API=1 ./test Architecture   and commit the file with the change (breaking ones go to CHANGELOG.md).
            """);
    }

    private static string Difference(string decided, string surface)
    {
        string[] before = decided.Split('\n'), after = surface.Split('\n');
        IEnumerable<string> gone = before.Except(after).Select(line => "- " + line.Trim());
        IEnumerable<string> come = after.Except(before).Select(line => "+ " + line.Trim());
        return string.Join('\n', gone.Concat(come).Take(40));
    }
}
