using System.Buffers;

namespace Inkling.Language;

/// <summary>
/// The words of a text, one after the other, without memory of its own: letters in lower case, with endings parted as vectors of words have them
/// (<c>don't</c> is <c>do n't</c>, <c>it's</c> is <c>it 's</c>), and what stands for numbers and addresses. Marks part words and disappear.
/// </summary>
internal ref struct WordReader
{
    /// <summary>Characters of a word that count.</summary>
    public const int LongestWord = 64;

    /// <summary>What stands for a number.</summary>
    public const string Number = "<number>";

    /// <summary>What stands for an e-mail address.</summary>
    public const string Email = "<email>";

    /// <summary>What stands for a web address.</summary>
    public const string Link = "<link>";

    private static readonly SearchValues<char> s_blanks = SearchValues.Create(" \t\r\n\v\f\u00A0\u2028\u2029\u3000");

    private readonly ReadOnlySpan<char> _text;
    private readonly Span<char> _room;
    private readonly bool _numbers;
    private int _at;
    private int _chunk;
    private bool _negation;
    private int _ending;
    private int _endingAt;

    /// <summary>Begins to read.</summary>
    /// <param name="text">The text.</param>
    /// <param name="room">Room for a word: <see cref="LongestWord"/> characters.</param>
    /// <param name="numbers">Whether numbers are read as they stand, not as <see cref="Number"/>.</param>
    public WordReader(ReadOnlySpan<char> text, Span<char> room, bool numbers = false)
    {
        _text = text;
        _room = room;
        _numbers = numbers;
    }

    /// <summary>Reads the next word.</summary>
    /// <param name="word">Valid until the next call.</param>
    /// <returns>Whether there was one.</returns>
    public bool Next(out ReadOnlySpan<char> word)
    {
        if (_negation || _ending > 0)
        {
            word = Rest();
            return true;
        }

        while (_at < _text.Length)
        {
            if (_at >= _chunk && StartChunk(out word)) return true;
            if (_at >= _text.Length) break;
            char c = _text[_at];
            if (c == MailTokens.Open && Placeholder(out word)) return true;
            if (char.IsAsciiDigit(c) || char.IsDigit(c))
            {
                word = ReadNumber();
                return true;
            }

            if (IsLetter(_text, _at))
            {
                word = ReadLetters();
                return true;
            }

            _at++;
        }

        word = default;
        return false;
    }

    /// <summary>At the beginning of what stands between blanks: addresses are taken whole.</summary>
    private bool StartChunk(out ReadOnlySpan<char> word)
    {
        word = default;
        int start = _text[_at..].IndexOfAnyExcept(s_blanks);
        if (start < 0)
        {
            _at = _chunk = _text.Length;
            return false;
        }

        _at += start;
        int length = _text[_at..].IndexOfAny(s_blanks);
        _chunk = length < 0 ? _text.Length : _at + length;
        ReadOnlySpan<char> chunk = _text[_at.._chunk];
        int at = chunk.IndexOf('@');
        if (at > 0 && at + 1 < chunk.Length && char.IsLetterOrDigit(chunk[at - 1]) && char.IsLetterOrDigit(chunk[at + 1])) word = Email;
        else if (chunk.Contains("://", StringComparison.Ordinal) || chunk.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) word = Link;
        if (word.IsEmpty) return false;
        _at = _chunk;
        return true;
    }

    /// <summary>What the mail's normalisation has put in the place of something.</summary>
    private bool Placeholder(out ReadOnlySpan<char> word)
    {
        word = default;
        int end = _text[_at..].IndexOf(MailTokens.Close);
        if (end < 0 || end > 16) return false;
        ReadOnlySpan<char> token = _text.Slice(_at, end + 1);
        word = token is MailTokens.Email ? Email : token is MailTokens.Url ? Link : Number;
        _at += end + 1;
        _chunk = int.Max(_chunk, _at);
        return true;
    }

    private ReadOnlySpan<char> ReadNumber()
    {
        int end = _at;
        while (end < _text.Length && (char.IsDigit(_text[end]) || (_text[end] is '.' or ',' or ':' or '/' && end + 1 < _text.Length && char.IsDigit(_text[end + 1])))) end++;
        ReadOnlySpan<char> number = _text[_at..end];
        _at = end;
        if (!_numbers) return Number;
        number = number[..int.Min(number.Length, LongestWord)];
        number.CopyTo(_room);
        return _room[..number.Length];
    }

    private ReadOnlySpan<char> ReadLetters()
    {
        int end = _at;
        while (end < _text.Length && (IsLetter(_text, end) || (_text[end] is '\'' or '’' && end > _at && end + 1 < _text.Length && IsLetter(_text, end + 1)))) end++;
        ReadOnlySpan<char> letters = _text[_at..end];
        _at = end;
        int length = letters[..int.Min(letters.Length, LongestWord)].ToLowerInvariant(_room);
        Span<char> word = _room[..length];
        word.Replace('’', '\'');
        if (word.Length > 3 && word.EndsWith("n't"))
        {
            _negation = true;
            return word[..^3];
        }

        int apostrophe = word.LastIndexOf('\'');
        if (apostrophe <= 0 || word[apostrophe..] is not ("'s" or "'re" or "'ve" or "'ll" or "'d" or "'m")) return word;
        _ending = word.Length - apostrophe;
        _endingAt = apostrophe;
        return word[..apostrophe];
    }

    private ReadOnlySpan<char> Rest()
    {
        if (_negation)
        {
            _negation = false;
            return "n't";
        }

        ReadOnlySpan<char> ending = _room.Slice(_endingAt, _ending);
        _ending = 0;
        return ending;
    }

    private static bool IsLetter(ReadOnlySpan<char> text, int at) => char.IsLetter(text[at]) || (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])) || (at > 0 && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]));
}
