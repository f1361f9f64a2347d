using System.Text.RegularExpressions;

namespace Inkling.Architecture.Tests;

/// <summary>What holds for every source file (CONTRIBUTING.md).</summary>
public sealed partial class SourceRuleTests
{
    private const int LongestFile = 400;

    // Longer for a reason, which stands here.
    private static readonly Dictionary<string, string> Longer = new()
    {
        ["src/Inkling.Numerics/Gemm/GemmTile.cs"] = "the register tiles of all widths side by side, each unrolled by hand",
    };

    private static readonly string[] Folders = ["src", "apps", "tests", "bench", "samples"];

    [Fact]
    public void No_file_is_longer_than_a_reader_takes_in()
    {
        string[] tooLong = [.. All("*.cs").Concat(All("*.razor")).Select(file => (file, lines: File.ReadLines(Path.Combine(Repository.Root, file)).Count()))
            .Where(one => one.lines > LongestFile && !Longer.ContainsKey(one.file)).OrderByDescending(one => one.lines).Select(one => $"{one.file}: {one.lines} lines")];

        Assert.True(tooLong.Length == 0, $"Split by concern, {LongestFile} lines at most:\n{string.Join('\n', tooLong)}");
    }

    [Fact]
    public void No_type_is_called_after_having_no_idea()
    {
        string[] vague = [.. All("*.cs").Where(file => VagueName().IsMatch(Path.GetFileNameWithoutExtension(file)))];

        Assert.True(vague.Length == 0, $"Name it after what it does:\n{string.Join('\n', vague)}");
    }

    [Fact]
    public void Nothing_below_the_app_writes_to_the_console()
    {
        // This one writes programs, which write to theirs.
        string[] writing = [.. Repository.Sources("src").Where(file => Path.GetFileName(file) != "CSharpExport.cs" && ConsoleCall().IsMatch(Repository.Read(file)))];

        Assert.True(writing.Length == 0, $"Report through IProgress or return it:\n{string.Join('\n', writing)}");
    }

    private static IEnumerable<string> All(string pattern)
        => Folders.Where(folder => Directory.Exists(Path.Combine(Repository.Root, folder))).SelectMany(folder => Repository.Sources(folder, pattern));

    [GeneratedRegex("(Utils?|Helpers?|Manager|Misc|Common)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\bConsole\.(Write|Error|Out|Read)")]
    private static partial Regex ConsoleCall();
}
