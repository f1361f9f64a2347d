using System.Text.RegularExpressions;
using Inkling.Playground;

namespace Inkling.Architecture.Tests;

/// <summary>The map of the lecture leads to what is there, and misses nothing.</summary>
public sealed class LectureTests
{
    private const string File = "docs/lecture.md", Studio = "http://127.0.0.1:7070/";

    private static readonly string s_text = Repository.Read(File);

    private static readonly string[] s_links = [.. Regex.Matches(s_text, @"\]\(([^)\s]+)\)").Select(match => match.Groups[1].Value)];

    [Fact]
    public void Every_file_is_there()
    {
        string[] files = [.. s_links.Where(link => !link.Contains("://", StringComparison.Ordinal))];
        Assert.True(files.Length > 30, $"{files.Length} links to files: the table is not what it was");
        Assert.All(files, link => Assert.True(Path.Exists(Path.Combine(Repository.Root, "docs", link.Split('#')[0])), $"{File} links to {link}, which is not there."));
    }

    [Fact]
    public void Every_heading_is_there()
    {
        foreach (string[] parts in s_links.Where(link => link.Contains(".md#", StringComparison.Ordinal)).Select(link => link.Split('#')))
        {
            IEnumerable<string> headings = Repository.Read(Path.Combine("docs", parts[0])).Split('\n').Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim().ToLowerInvariant().Replace(' ', '-'));
            Assert.Contains(parts[1], headings);
        }
    }

    [Fact]
    public void Every_page_is_there_and_every_lesson_is_shown()
    {
        string[] pages = [.. s_links.Where(link => link.Contains("://", StringComparison.Ordinal))];
        Assert.All(pages, link => Assert.StartsWith(Studio, link, StringComparison.Ordinal));
        string[] routes = [.. Repository.Sources("apps/Inkling.App/Studio", "*.razor").SelectMany(page => Regex.Matches(Repository.Read(page), "^@page \"/([^\"]*)\"", RegexOptions.Multiline)).Select(match => match.Groups[1].Value)];
        Assert.All(pages, link => Assert.Contains(link[Studio.Length..].Split('?', '#')[0], routes));

        string[] lessons = [.. pages.Where(link => link.Contains("?lesson=", StringComparison.Ordinal)).Select(link => link.Split("?lesson=")[1])];
        Assert.Equal(LessonCatalogue.All.Select(lesson => lesson.Name).Order(), lessons.Distinct().Order());
    }

    [Fact]
    public void Every_sample_but_that_of_native_code_is_shown()
    {
        IEnumerable<string> samples = Repository.Sources("samples", "Program.cs").Where(sample => !sample.Contains("NativeAot", StringComparison.Ordinal));
        Assert.All(samples, sample => Assert.Contains($"../{sample}", s_links));
    }

    [Fact]
    public void Every_command_is_there()
    {
        string[] commands = [.. Regex.Matches(s_text, @"`\./inkling (\w+)").Select(match => match.Groups[1].Value).Distinct()];
        Assert.NotEmpty(commands);
        string catalogue = Repository.Read("apps/Inkling.App/Commands/Catalogue.cs");
        Assert.All(commands, command => Assert.Contains($"(\"{command}\", ", catalogue, StringComparison.Ordinal));
    }
}
