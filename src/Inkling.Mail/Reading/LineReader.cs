using System.Buffers;

namespace Inkling.Mail;

/// <summary>Reads a stream line by line in bounded memory: of a line that is longer than allowed only the start is kept.</summary>
internal sealed class LineReader(Stream stream, int maxLine) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int _start, _end;
    private bool _ended;

    /// <summary>Number of the line read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the line read last was longer than allowed.</summary>
    public bool TooLong { get; private set; }

    /// <summary>Reads the next line, without its line break; false at the end. The memory is valid until the next call.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        TooLong = false;
        int searched = 0;
        while (true)
        {
            int at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                line = Take(searched + at, 1);
                return true;
            }
            searched = _end - _start;
            if (searched > maxLine)
                return SkipRest(out line);
            if (!Fill())
            {
                line = Take(searched, 0);
                return searched > 0;
            }
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        stream.Dispose();
    }

    private ReadOnlyMemory<byte> Take(int length, int lineBreak)
    {
        ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, length);
        _start += length + lineBreak;
        Number++;
        if (length > maxLine)
        {
            TooLong = true;
            line = line[..maxLine];
        }
        return line.Length > 0 && line.Span[^1] == '\r' ? line[..^1] : line;
    }

    private bool SkipRest(out ReadOnlyMemory<byte> line)
    {
        TooLong = true;
        byte[] kept = _buffer.AsSpan(_start, maxLine).ToArray();
        while (true)
        {
            _start = _end = 0;
            if (!Fill())
                break;
            int at = _buffer.AsSpan(0, _end).IndexOf((byte)'\n');
            if (at >= 0)
            {
                _start = at + 1;
                break;
            }
        }
        Number++;
        line = kept;
        return true;
    }

    private bool Fill()
    {
        if (_ended)
            return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _ended = read == 0;
        return read > 0;
    }
}
