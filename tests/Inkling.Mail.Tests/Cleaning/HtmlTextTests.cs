using CsCheck;

namespace Inkling.Mail.Tests;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("<p>One</p><p>Two</p>", "One\n\nTwo")]
    [InlineData("<div>One</div><div>Two<br>Three</div>", "One\nTwo\nThree")]
    [InlineData("a  b\n c &amp; d &eacute;&#8217;&nbsp;", "a b c & d é’")]
    [InlineData("<head><title>x</title><style>p{}</style></head><body>Text<script>alert(1)</script></body>", "Text")]
    [InlineData("<div style='display: none'>Preview</div>Text", "Text")]
    [InlineData("Yes<blockquote>No<blockquote>Deep</blockquote></blockquote>", "Yes\n\n> No\n\n>> Deep")]
    [InlineData("<ul><li>One<li>Two</ul>", "- One\n- Two")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c<td>d</table>", "a\tb\nc\td")]
    [InlineData("<pre>a  b\n c</pre>", "a  b\n c")]
    [InlineData("Hi<div class=\"gmail_signature\">Bob</div>", "Hi\n-- \nBob")]
    [InlineData("<p>unclosed <b>tags", "unclosed tags")]
    [InlineData("</div></p>stray", "stray")]
    public void Html_becomes_lines(string html, string expected) =>
        Assert.Equal(expected, string.Join('\n', HtmlText.Convert(html).Trim().Split('\n').Select(line => line is "-- " ? line : line.TrimEnd().TrimStart('\u00A0'))).Replace("\n\n\n", "\n\n", StringComparison.Ordinal).TrimEnd('\u00A0'));

    [Fact]
    public void A_million_open_tags_end_quickly() => Assert.Contains("end", HtmlText.Convert(string.Concat(Enumerable.Repeat("<div><p><blockquote>", 300_000)) + "end"), StringComparison.Ordinal);

    [Fact]
    public void Any_text_can_be_read() => Gen.Char["<>/=\"' abdivplockqute&;#!-"].Array[0, 80].Sample(html => HtmlText.Convert(new string(html)) is not null);
}
