using AngleSharp.Dom;
using Bunit;
using Inkling.App.Studio.Playing.Lessons;
using Inkling.Playground;

namespace Inkling.App.Tests.Studio;

/// <summary>The parts of the lessons, without a browser.</summary>
public sealed class LessonPartsTests
{
    [Fact]
    public void The_page_has_a_link_for_every_lesson()
    {
        using var context = new BunitContext();
        IRenderedComponent<LessonsPage> page = context.Render<LessonsPage>();
        Assert.Equal(LessonCatalogue.All.Select(lesson => (lesson.Title, lesson.Link)), page.FindAll(".lessons a").Select(link => (link.TextContent, link.GetAttribute("href")!)));
    }

    [Fact]
    public void The_banner_says_three_sentences_and_where_to_go()
    {
        using var context = new BunitContext();
        Lesson lesson = LessonCatalogue.Find("xor")!;
        IRenderedComponent<LessonBanner> banner = context.Render<LessonBanner>(parameters => parameters.Add(part => part.Lesson, lesson));
        Assert.Equal("Lesson 3 of 10", banner.Find(".lesson-place").TextContent);
        Assert.Equal(string.Join(' ', lesson.Sentences), banner.Find(".lesson-text").TextContent);
        Assert.Equal(lesson.Tries.Select(lesson.LinkOf), banner.FindAll(".lesson-tries a").Select(link => link.GetAttribute("href")!));
        Assert.Equal(("← OR and AND", "Activations and saturation →"), (banner.Find("a[rel=prev]").TextContent, banner.Find("a[rel=next]").TextContent));
    }

    [Theory]
    [InlineData("neuron", "prev")]
    [InlineData("search", "next")]
    public void The_first_has_none_before_it_and_the_last_none_after(string name, string missing)
    {
        using var context = new BunitContext();
        IRenderedComponent<LessonBanner> banner = context.Render<LessonBanner>(parameters => parameters.Add(part => part.Lesson, LessonCatalogue.Find(name)));
        Assert.Empty(banner.FindAll($"a[rel={missing}]"));
    }

    [Fact]
    public void Without_a_lesson_there_is_no_banner()
    {
        using var context = new BunitContext();
        Assert.Equal("", context.Render<LessonBanner>().Markup.Trim());
    }
}
