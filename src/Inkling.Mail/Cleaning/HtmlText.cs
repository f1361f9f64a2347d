using System.Text;
using MimeKit.Text;

namespace Inkling.Mail;

/// <summary>Turns HTML mail into plain text: a line a paragraph, quotes with <c>&gt;</c>, signatures below <c>-- </c>, cells parted by tabs.</summary>
/// <remarks>Reads MimeKit's token stream, so any input ends, in time and memory proportional to its length. Nothing is fetched or run.</remarks>
internal sealed class HtmlText
{
    private const int Deepest = 256; // open elements that are remembered; deeper ones read as text

    private readonly StringBuilder _text = new();
    private readonly Stack<(HtmlTagId Tag, bool Hidden, bool Quote)> _open = new();
    private int _hidden, _quotes, _preformatted, _deeper;
    private bool _space, _lineStart = true;

    /// <summary>The text of an HTML document or fragment.</summary>
    public static string Convert(string html)
    {
        var walker = new HtmlText();
        using var reader = new StringReader(html);
        var tokens = new HtmlTokenizer(reader);
        while (tokens.ReadNextToken(out HtmlToken? token))
            walker.Read(token);
        return walker._text.ToString();
    }

    private void Read(HtmlToken token)
    {
        switch (token.Kind)
        {
            case HtmlTokenKind.Data:
            case HtmlTokenKind.CData:
                if (_hidden == 0)
                    Append(((HtmlDataToken)token).Data);
                break;
            case HtmlTokenKind.Tag:
                var tag = (HtmlTagToken)token;
                if (tag.IsEndTag)
                    Close(tag.Id);
                else
                    Open(tag);
                break;
        }
    }

    private void Open(HtmlTagToken tag)
    {
        bool hidden = IsHidden(tag);
        // A paragraph, list item, row or cell ends the one before it: their end tags are optional.
        if (tag.Id is HtmlTagId.P or HtmlTagId.LI or HtmlTagId.TR or HtmlTagId.TD or HtmlTagId.TH && _open.TryPeek(out var top) && top.Tag == tag.Id)
            Close(tag.Id);
        if (!hidden && _hidden == 0)
            Begin(tag);
        if (tag.IsEmptyElement || tag.Id.IsEmptyElement() || tag.Id == HtmlTagId.Unknown)
            return;
        if (_open.Count >= Deepest)
        {
            _deeper++;
            return;
        }
        bool quote = tag.Id == HtmlTagId.BlockQuote;
        _open.Push((tag.Id, hidden, quote));
        _hidden += hidden ? 1 : 0;
        _quotes += quote ? 1 : 0;
        _preformatted += tag.Id == HtmlTagId.Pre ? 1 : 0;
    }

    private void Begin(HtmlTagToken tag)
    {
        switch (tag.Id)
        {
            case HtmlTagId.Br:
                NewLine();
                break;
            case HtmlTagId.P or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.H5 or HtmlTagId.H6 or HtmlTagId.BlockQuote or HtmlTagId.UL or HtmlTagId.OL or HtmlTagId.Table or HtmlTagId.Pre:
                Paragraph();
                break;
            case HtmlTagId.HR:
                Paragraph();
                Append("_____");
                Paragraph();
                break;
            case HtmlTagId.LI:
                Block();
                Append("- ");
                break;
            case HtmlTagId.TD or HtmlTagId.TH:
                if (!_lineStart)
                    _text.Append('\t');
                _space = false;
                break;
            default:
                if (IsBlock(tag.Id))
                    Block();
                break;
        }
        if (IsSignature(tag))
        {
            Block();
            _text.Append("-- ");
            NewLine();
        }
    }

    private void Close(HtmlTagId id)
    {
        if (_deeper > 0)
        {
            _deeper--;
            return;
        }
        // Tags that were never opened are passed over; those left open inside are closed along.
        if (!_open.Any(element => element.Tag == id))
            return;
        while (_open.TryPop(out var element))
        {
            if (_hidden == 0 && (IsBlock(element.Tag) || element.Quote))
                Block();
            if (_hidden == 0 && element.Tag is HtmlTagId.P or HtmlTagId.BlockQuote or HtmlTagId.Table or HtmlTagId.Pre)
                Paragraph();
            _hidden -= element.Hidden ? 1 : 0;
            _quotes -= element.Quote ? 1 : 0;
            _preformatted -= element.Tag == HtmlTagId.Pre ? 1 : 0;
            if (element.Tag == id)
                return;
        }
    }

    private void Append(string data)
    {
        foreach (char c in data)
        {
            if (_preformatted > 0 && c == '\n')
                NewLine();
            else if (c is ' ' or '\n' or '\r' or '\t' or '\f' && _preformatted == 0)
                _space = !_lineStart;
            else if (c != '\r')
            {
                if (_lineStart && _quotes > 0)
                    _text.Append('>', Math.Min(_quotes, 8)).Append(' ');
                if (_space)
                    _text.Append(' ');
                _text.Append(c);
                _space = _lineStart = false;
            }
        }
    }

    private void NewLine()
    {
        if (_lineStart && _quotes > 0)
            _text.Append('>', Math.Min(_quotes, 8));
        _text.Append('\n');
        _lineStart = true;
        _space = false;
    }

    private void Block()
    {
        if (!_lineStart)
            NewLine();
    }

    private void Paragraph()
    {
        Block();
        if (_text.Length > 1 && !(_text[^1] == '\n' && _text[^2] == '\n'))
            _text.Append('\n');
    }

    private static bool IsBlock(HtmlTagId id) => id is HtmlTagId.P or HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.LI or HtmlTagId.UL or HtmlTagId.OL or HtmlTagId.Table
        or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.H5 or HtmlTagId.H6 or HtmlTagId.Pre or HtmlTagId.Section or HtmlTagId.Article
        or HtmlTagId.Header or HtmlTagId.Footer or HtmlTagId.Address or HtmlTagId.DD or HtmlTagId.DT or HtmlTagId.DL or HtmlTagId.Center or HtmlTagId.Body;

    private static bool IsHidden(HtmlTagToken tag)
    {
        if (tag.Id is HtmlTagId.Style or HtmlTagId.Script or HtmlTagId.Head or HtmlTagId.Title or HtmlTagId.NoScript or HtmlTagId.Select or HtmlTagId.TextArea or HtmlTagId.Object)
            return true;
        string? style = Attribute(tag, HtmlAttributeId.Style);
        return style is not null && style.Replace(" ", "", StringComparison.Ordinal).Contains("display:none", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsSignature(HtmlTagToken tag)
    {
        string names = Attribute(tag, HtmlAttributeId.Class) + " " + Attribute(tag, HtmlAttributeId.Id);
        return names.Length > 1 && (names.Contains("signature", StringComparison.OrdinalIgnoreCase) && !names.Contains("signature_prefix", StringComparison.OrdinalIgnoreCase));
    }

    private static string? Attribute(HtmlTagToken tag, HtmlAttributeId id)
    {
        foreach (HtmlAttribute attribute in tag.Attributes)
        {
            if (attribute.Id == id)
                return attribute.Value;
        }
        return null;
    }
}
