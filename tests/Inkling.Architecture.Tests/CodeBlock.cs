using System.Text.RegularExpressions;

namespace Inkling.Architecture.Tests;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="File">Relative to the root.</param>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Kind">What stands behind the fence, for example <c>csharp</c> or <c>csharp fragment</c>.</param>
/// <param name="Text">What is in it.</param>
internal sealed partial record CodeBlock(string File, int Line, string Kind, string Text)
{
    /// <summary>All blocks of README and the other documents.</summary>
    public static IEnumerable<CodeBlock> All() => Directory.EnumerateFiles(Repository.Root, "*.md").Select(file => Path.GetFileName(file))
        .Concat(Repository.Sources("docs", "*.md")).SelectMany(Of);

    private static IEnumerable<CodeBlock> Of(string file)
    {
        string text = Repository.Read(file);
        foreach (Match match in Fence().Matches(text))
        {
            int line = text.AsSpan(0, match.Index).Count('\n') + 1;
            yield return new CodeBlock(file, line, match.Groups["kind"].Value.Trim(), match.Groups["text"].Value);
        }
    }

    [GeneratedRegex("^```(?<kind>[^\n`]*)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
