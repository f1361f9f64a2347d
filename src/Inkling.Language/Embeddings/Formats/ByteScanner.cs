namespace Inkling.Language;

/// <summary>Reads lines, words and rows from a stream of any length through one buffer.</summary>
internal sealed class ByteScanner(Stream stream)
{
    /// <summary>The longest line: 100,000 numbers.</summary>
    private const int LongestLine = 1 << 21;

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>Lines that were read.</summary>
    public int Lines { get; private set; }

    /// <summary>The next line without its end, if there is one; valid until the next call.</summary>
    public bool TryLine(out ReadOnlySpan<byte> line)
    {
        if (!TryUntil((byte)'\n', LongestLine, out line))
        {
            line = _buffer.AsSpan(_start, _end - _start);
            _start = _end;
            if (line.IsEmpty) return false;
        }

        Lines++;
        if (line is [.., (byte)'\r']) line = line[..^1];
        return true;
    }

    /// <summary>Everything up to a byte, which is passed over; false if it does not come.</summary>
    /// <exception cref="InvalidDataException">It does not come within <paramref name="longest"/> bytes.</exception>
    public bool TryUntil(byte stop, int longest, out ReadOnlySpan<byte> bytes)
    {
        int searched = 0;
        while (true)
        {
            int at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(stop);
            if (at >= 0)
            {
                bytes = _buffer.AsSpan(_start, searched + at);
                _start += searched + at + 1;
                return true;
            }

            searched = _end - _start;
            if (searched > longest) throw new InvalidDataException($"{(stop == '\n' ? $"line {Lines + 1} is" : "a word is")} longer than {longest} bytes.");
            if (More()) continue;
            bytes = default;
            return false;
        }
    }

    /// <summary>Passes over one byte if it is the next.</summary>
    public void Skip(byte value)
    {
        if ((_start < _end || More()) && _buffer[_start] == value) _start++;
    }

    /// <summary>Fills all of <paramref name="into"/>, or as much as there is.</summary>
    /// <returns>How many bytes that is.</returns>
    public int Fill(Span<byte> into)
    {
        int filled = 0;
        while (filled < into.Length && (_start < _end || More()))
        {
            int some = int.Min(_end - _start, into.Length - filled);
            _buffer.AsSpan(_start, some).CopyTo(into[filled..]);
            _start += some;
            filled += some;
        }

        return filled;
    }

    private bool More()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, 2 * _buffer.Length);
        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
