namespace Inkling.Mail;

/// <summary>Reads another stream and counts in the report what passes.</summary>
internal sealed class CountingStream(Stream inner, MailReadReport report) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        report.CountBytes(read);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
