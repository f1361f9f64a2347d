namespace Inkling.Mail;

/// <summary>
/// The normaliser's second pass: single spaces, no spaces at the ends of lines, one empty line between paragraphs,
/// and line breaks that only wrap a paragraph become spaces (<see cref="LineWrap"/>).
/// </summary>
internal static class LineFolding
{
    /// <summary>Appends the folded lines of <paramref name="text"/> to <paramref name="to"/>, which must be empty.</summary>
    /// <remarks>What the text ends with keeps its meaning: a word, one space, a line break or an empty line.</remarks>
    public static void Fold(ReadOnlySpan<char> text, ref TextBuffer to)
    {
        ReadOnlySpan<char> before = default; // the last line that was not empty
        bool wrapped = false;
        int breaks = 0;
        while (true)
        {
            int length = text.IndexOf('\n');
            ReadOnlySpan<char> line = length < 0 ? text : text[..length];
            ReadOnlySpan<char> trimmed = line.Trim(' ');
            bool last = length < 0;
            if (!trimmed.IsEmpty || last)
            {
                if (to.Length > 0 && breaks > 0)
                {
                    wrapped = breaks == 1 && LineWrap.IsWrap(before, trimmed, wrapped);
                    AppendBreak(breaks, wrapped, ref to);
                }
                AppendLine(trimmed, ref to);
                if (last && !trimmed.IsEmpty && line[^1] == ' ')
                    to.Append(' ');
                before = line.TrimEnd(' ');
                breaks = 0;
            }
            if (last)
                return;
            breaks++;
            text = text[(length + 1)..];
        }
    }

    private static void AppendBreak(int breaks, bool wrapped, ref TextBuffer to)
    {
        if (!wrapped)
            to.Append(breaks == 1 ? "\n" : "\n\n");
        else if (!LineWrap.EndsInHyphen(to.Text))
            to.Append(' ');
    }

    private static void AppendLine(ReadOnlySpan<char> line, ref TextBuffer to)
    {
        while (true)
        {
            int space = line.IndexOf("  ");
            if (space < 0)
                break;
            to.Append(line[..(space + 1)]);
            line = line[space..].TrimStart(' ');
        }
        to.Append(line);
    }
}
