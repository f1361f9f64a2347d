using Inkling.Numerics;

namespace Inkling.Vectors;

/// <summary>Reads a section of a file from its beginning to its end.</summary>
/// <param name="section">What is read.</param>
internal sealed class SectionStream(RowMemory section) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => section.Length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        int some = (int)long.Min(buffer.Length, section.Length - Position);
        section.Slice<byte>(Position, some).CopyTo(buffer);
        GC.KeepAlive(section);
        Position += some;
        return some;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + (origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => Position, _ => Length });

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
