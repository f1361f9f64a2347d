using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>How the pages look: schemes, contrast, narrow screens, and the ghost exactly where the next letters will be.</summary>
[Collection("chromium")]
public sealed class LooksTests(Chromium chromium)
{
    private static readonly (string Text, string Ground)[] Pairs =
    [
        ("--ink", "--desk"), ("--ink", "--sheet"), ("--ink", "--well"), ("--soft", "--desk"), ("--soft", "--sheet"), ("--soft", "--well"),
        ("--ghost", "--sheet"), ("--ghost", "--well"), ("--accent", "--sheet"), ("--accent-strong", "--accent-wash"), ("--on-accent", "--accent"),
        ("--good", "--sheet"), ("--good", "--good-wash"), ("--warn", "--warn-wash"), ("--bad", "--sheet"), ("--bad", "--bad-wash"),
    ];

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Text_stands_out_from_its_ground(string scheme)
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.Page.EvaluateAsync("scheme => document.documentElement.dataset.theme = scheme", scheme);
        foreach ((string text, string ground) in Pairs)
        {
            double contrast = await page.Page.EvaluateAsync<double>("""
                ([text, ground]) => {
                  const probe = document.body.appendChild(document.createElement('i'));
                  const luminance = name => {
                    probe.style.color = `var(${name})`;
                    const [r, g, b] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number)
                      .map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                  };
                  const [light, dark] = [luminance(text), luminance(ground)].sort((a, b) => b - a);
                  probe.remove();
                  return (light + 0.05) / (dark + 0.05);
                }
                """, new[] { text, ground });
            Assert.True(contrast >= 4.5, $"{text} on {ground} in {scheme}: {contrast:0.00}, at least 4.5 is wanted (WCAG AA)");
        }
    }

    [Fact]
    public async Task Colours_follow_the_system_until_they_are_chosen()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium, options: new() { ColorScheme = ColorScheme.Dark });
        Assert.Equal("rgb(17, 18, 25)", await GroundAsync(page));
        await page.Page.Locator("#theme").ClickAsync();
        Assert.Equal("rgb(246, 244, 238)", await GroundAsync(page));
        await page.Page.ReloadAsync();
        Assert.Equal("rgb(246, 244, 238)", await GroundAsync(page));
        await Expect(page.Page.Locator("#theme")).ToHaveAttributeAsync("aria-label", "Colours: light");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/learn")]
    [InlineData("/playground")]
    [InlineData("/playground/letters")]
    [InlineData("/lessons")]
    [InlineData("/search")]
    [InlineData("/studies")]
    public async Task Nothing_sticks_out_at_360_pixels(string route)
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium, options: new() { ViewportSize = new() { Width = 360, Height = 740 } });
        await page.Page.GotoAsync(route);
        int width = await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        Assert.InRange(width, 1, 360);
    }

    [Theory]
    [InlineData("Short.", 1.0)]
    [InlineData("A line that is long enough to wrap around at the end of the sheet, and then goes on for a while so that it wraps once more before it ends here", 1.0)]
    [InlineData("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenträgervereinigungsversammlungsprotokollführerstellvertreterbüro", 1.0)]
    [InlineData("Two  spaces   and\ttabs\t\tin it, fi ffl AV To.   \n\n   indented\n", 1.0)]
    [InlineData("שלום רב, זו שורה ארוכה שנועדה לגלוש אל השורה הבאה, with some English in the middle of it, ואז שוב עברית עד הסוף הזה", 1.0)]
    [InlineData("مرحبا، هذه رسالة طويلة بما يكفي لتلتف إلى السطر التالي ثم تستمر قليلا حتى النهاية", 1.0)]
    [InlineData("日本語の長い文章は空白がなくても折り返されますので、この行は途中で折り返されるはずです。そして続きます。", 1.0)]
    [InlineData("Zoomed in, the lines wrap elsewhere, but still at the same place in both, however long they may be", 1.5)]
    public async Task The_mirror_lies_exactly_on_the_draft(string text, double zoom)
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium, options: new() { ViewportSize = new() { Width = 620, Height = 700 } });
        await page.Page.EvaluateAsync("zoom => document.body.style.zoom = zoom", zoom);
        await page.Body.FillAsync(text);
        await page.Page.EvaluateAsync("() => { document.activeElement.blur(); document.querySelector('.keys').remove(); const box = document.querySelector('.editor'); box.style.color = '#000'; box.style.background = '#fff'; }");
        byte[] draft = await ShotAsync(page, "#000", "transparent");
        byte[] mirror = await ShotAsync(page, "transparent", "#000");
        byte[] neither = await ShotAsync(page, "transparent", "transparent");
        Assert.False(neither.AsSpan().SequenceEqual(draft), "the draft shows nothing: the comparison would be of two white pages");
        Assert.True(draft.AsSpan().SequenceEqual(mirror), "the mirror's letters are not where the draft's are");
    }

    [Fact]
    public async Task A_ghost_never_moves_typed_letters()
    {
        // The word begins at the end of a line; its rest does not fit there.
        string line = "Here is a line that goes on until the sheet is all but full, and then says un";
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium, new ScriptedCompletion(line + "fortunately nothing."), new() { ViewportSize = new() { Width = 700, Height = 700 } });
        await page.Body.FillAsync(line[..^1]);
        double before = await LastLetterAsync(page);
        await page.TypeAsync("n");
        await page.SeesGhostAsync("fortunately nothing.");
        double after = await page.Page.EvaluateAsync<double>("""
            () => {
              const text = document.querySelector('.mirror').firstChild.firstChild, range = document.createRange();
              range.setStart(text, text.data.length - 2); range.setEnd(text, text.data.length - 1);
              return range.getBoundingClientRect().left;
            }
            """);
        Assert.Equal(before, after, 0.01);
    }

    private static Task<double> LastLetterAsync(ComposerPage page) => page.Page.EvaluateAsync<double>("""
        () => {
          const text = document.querySelector('.mirror').firstChild.firstChild, range = document.createRange();
          range.setStart(text, text.data.length - 1); range.setEnd(text, text.data.length);
          return range.getBoundingClientRect().left;
        }
        """);

    private static async Task<byte[]> ShotAsync(ComposerPage page, string draft, string mirror)
    {
        await page.Page.EvaluateAsync("([draft, mirror]) => { document.getElementById('body').style.color = draft; document.querySelector('.mirror').style.color = mirror; }", new[] { draft, mirror });
        return await page.Page.Locator(".editor").ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled });
    }

    private static Task<string> GroundAsync(ComposerPage page) => page.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}
